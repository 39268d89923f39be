# SPDX-License-Identifier: Apache-2.0
"""What goes into the bundle and what stays out, as tables; read by prodedit.spec and its test."""

from __future__ import annotations

import fnmatch
import hashlib
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

Entry = tuple[str, str, str]
"""A file as PyInstaller notes it: where it goes, where it lies, its kind."""

LEFT_OUT_MODULES = (
    # Of a checkout only: tests, locks, wheels; and the cluster, which is an extra.
    *("_pytest", "build", "dask", "distributed", "grimp", "hatchling", "hypothesis", "mypy"),
    *("importlinter", "onnx", "pip", "pyora", "pytest", "pytestqt", "pyvips", "setuptools"),
    *("py", "_hypothesis_globals", "_hypothesis_ftz_detector", "_hypothesis_pytestplugin", "wheel"),
    # Of libraries, for what is never done here.
    *("IPython", "matplotlib", "pandas", "readline", "tensorboard", "tkinter"),
    *("torch.utils.tensorboard", "torch.utils.cpp_extension", "PySide6.QtNetwork"),
    *("torch.testing._internal.common_methods_invocations", "torch.testing._internal.common_utils"),
    *("torch.testing._internal.distributed", "torch.testing._internal.opinfo"),
    # What ncnn brings for downloads, which are never made.
    *("certifi", "charset_normalizer", "portalocker", "requests", "urllib3"),
)

LEFT_OUT_FILES = (
    # torch: what only a compiler needs, and its tests.
    *("torch/include/*", "torch/share/*", "torch/test/*", "torch/testing/*"),
    *("torch/bin/*[tT]est*", "torch/bin/protoc*", "torch/bin/upgrader*", "torch/bin/*.pt*"),
    *("torch/lib/*_test.so", "torch/lib/libbackend_with_compiler.so", "torch/lib/libshm_windows/*"),
    *("torch/lib/libaoti_custom_ops.so", "*.a", "*.lib", "*.pyi", "*/tests/*"),
    # Qt: platforms without a desktop, databases, network, its own keyboard on the screen.
    *("*/plugins/egldeviceintegrations/*", "*/plugins/generic/*", "*/plugins/networkinformation/*"),
    *("*/plugins/platforms/libqeglfs*", "*/plugins/platforms/libqlinuxfb*", "*/plugins/tls/*"),
    *("*/plugins/platforms/libqminimalegl*", "*/plugins/platforms/libqv*", "*/plugins/qml*"),
    *("*/plugins/platforminputcontexts/libqtvirtual*", "*/plugins/sqldrivers/*"),
    *("*/plugins/imageformats/*qpdf*", "*/plugins/wayland-graphics-integration-server/*"),
    *("*Qt6VirtualKeyboard*", "*Qt6Qml*", "*Qt6Quick*", "*Qt6Pdf*", "*Qt6EglF*"),
)

LEFT_TO_THE_SYSTEM = (
    # They speak to the system's drivers, fonts, sessions, or are older than what those need.
    *("libEGL.so*", "libGL.so*", "libGLX.so*", "libGLdispatch.so*", "libOpenGL.so*", "libX11*.so*"),
    *("libXau.so*", "libXdmcp.so*", "libdbus-1.so*", "libexpat.so*", "libfontconfig.so*"),
    *("libfreetype.so*", "libgcc_s.so*", "libstdc++.so*", "libglib-2.0.so*", "libgobject-2.0.so*"),
    *("libgio-2.0.so*", "libgmodule-2.0.so*", "libgthread-2.0.so*", "libgtk-3.so*", "libgdk-3.so*"),
    *("libgdk_pixbuf-2.0.so*", "libpango*.so*", "libcairo*.so*", "libatk*.so*", "libharfbuzz*.so*"),
    *("libcups.so*", "libz.so*", "libpng16.so*", "libsystemd.so*", "libcap.so*", "libbsd.so*"),
    *("libwayland-*.so*", "libudev.so*", "libpcre*.so*", "libmount.so*", "libblkid.so*"),
    *("libselinux.so*", "libffi.so.?.?.?.?", "libzstd.so.1", "libbrotli*.so*", "libmd.so*"),
    *("libgcrypt.so*", "libgpg-error.so*", "liblz4.so*", "libgraphite2.so*", "libgbm.so*"),
    *("libepoxy.so*", "libfribidi.so*", "libthai.so*", "libdatrie.so*", "libXi.so*", "libXext.so*"),
    *("libXrender.so*", "libXfixes.so*", "libXcomposite.so*", "libXdamage.so*", "libXrandr.so*"),
    *("libXcursor.so*", "libXinerama.so*", "libavahi*.so*", "libgnutls.so*", "libp11-kit.so*"),
    *("libidn2.so*", "libunistring.so*", "libtasn1.so*", "libnettle.so*", "libhogweed.so*"),
    *("libgmp.so*", "libgssapi_krb5.so*", "libkrb5*.so*", "libk5crypto.so*", "libkeyutils.so*"),
    *(
        "libcom_err.so*",
        "libatspi.so*",
        "libmvec.so*",
        "libjpeg.so*",
        "libpixman-1.so*",
        "libkrb5support.so*",
    ),
)

DISTRIBUTIONS = (
    # Whose versions a bug report names, or that ask for their own.
    *("PySide6-Essentials", "torch", "onnxruntime", "ncnn", "numpy", "opencv-python-headless"),
    *("Pillow", "msgspec", "safetensors", "pi-heif", "rawpy", "psd-tools", "typer", "rich"),
)


def modules() -> list[str]:
    """Every module of ours by name: much is imported by names that stand in tables."""
    files = sorted((ROOT / "prodedit").rglob("*.py"))
    parts = (path.relative_to(ROOT).with_suffix("").parts for path in files)
    return [".".join(part[:-1] if part[-1] == "__init__" else part) for part in parts]


def models() -> list[str]:
    """The ids of all networks that there is a card of: each travels inside."""
    return sorted(path.stem for path in (ROOT / "models").glob("*.toml"))


def data() -> list[tuple[str, str]]:
    """Cards, generators' files and resources, as (file, folder in the bundle)."""
    found = []
    for name in ("models", "resources"):
        files = (path for path in sorted((ROOT / name).rglob("*")) if path.is_file())
        for path in files:
            if path.suffix not in (".md", ".ts", ".tmp") and "screenshots" not in path.parts:
                inside = Path("prodedit/_data") / path.parent.relative_to(ROOT)
                found.append((str(path), inside.as_posix()))
    return found


def weights() -> list[tuple[str, str]]:
    """The file of every network, as (file, folder in the bundle), each checked by its sha256.

    Raises SystemExit where one is missing or damaged: `prodedit models pull` brings it.
    """
    sys.path.insert(0, str(ROOT))
    from prodedit.engine.service.store import default_store

    store = default_store()
    found = []
    for model in models():
        card = store.card(model)
        for file in card.files:
            path = store.locate(card, file)
            with path.open("rb") as stream:
                sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            if sha256 not in card.accepted(file):
                raise SystemExit(f"{path} is damaged: prodedit models pull {model}")
            # In the program's own folder of weights, under the name that the card gives.
            found.append((str(path), f"prodedit/_data/models/{model}"))
    return found


def kept(entries: Iterable[Entry]) -> list[Entry]:
    """Those of PyInstaller's files that a person's computer needs."""
    return [entry for entry in entries if not _is_left_out(entry)]


def _is_left_out(entry: Entry) -> bool:
    target = Path(entry[0]).as_posix()
    if any(fnmatch.fnmatchcase(target, pattern) for pattern in LEFT_OUT_FILES):
        return True
    # Those that wheels carry have a hash in their name, or lie in a folder of the wheel.
    from_system = "/" not in target and sys.platform == "linux"
    name = Path(target).name
    return from_system and any(fnmatch.fnmatchcase(name, said) for said in LEFT_TO_THE_SYSTEM)
