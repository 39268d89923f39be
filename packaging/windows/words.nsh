; SPDX-License-Identifier: Apache-2.0
; What the installer says, in both languages. UTF-8 with a mark, by which makensis knows it.

!macro WORDS name english chinese
  LangString ${name} ${LANG_ENGLISH} "${english}"
  LangString ${name} ${LANG_SIMPCHINESE} "${chinese}"
!macroend

!insertmacro WORDS PART_PROGRAM "ProdEdit" "ProdEdit 程序"
!insertmacro WORDS PART_MENU "Start menu" "开始菜单"
!insertmacro WORDS PART_DESKTOP "Icon on the desktop" "桌面图标"
!insertmacro WORDS PART_FILES "Open pictures and projects" "打开图片和项目"
!insertmacro WORDS PART_DATA "My settings and data" "我的设置和数据"
!insertmacro WORDS ABOUT_PROGRAM "The program with its networks." "程序及其模型。"
!insertmacro WORDS ABOUT_MENU "An entry in the start menu." "在开始菜单中添加一项。"
!insertmacro WORDS ABOUT_DESKTOP "An icon on the desktop." "在桌面上添加图标。"
!insertmacro WORDS ABOUT_FILES "Projects (.ora) open with a double click; pictures get ProdEdit in $\"Open with$\"." "双击即可打开项目（.ora）；图片的“打开方式”中会出现 ProdEdit。"
!insertmacro WORDS ABOUT_DATA "Settings, own recipes, presets and generators, fetched networks, GPU pack, work that was not saved. Your pictures and projects are never deleted." "设置、自己的配方、预设和生成器、获取的模型、GPU 组件，以及未保存的工作。您的图片和项目绝不会被删除。"
!insertmacro WORDS PROJECT_FILE "ProdEdit project" "ProdEdit 项目"
!insertmacro WORDS NOT_64_BIT "ProdEdit needs a 64-bit Windows." "ProdEdit 需要 64 位 Windows。"
!insertmacro WORDS NO_SPACE "There is not enough space for ProdEdit in this place. Free some, or choose another place." "此位置的空间不足以安装 ProdEdit。请释放空间或选择其他位置。"
!insertmacro WORDS NOT_WRITTEN "ProdEdit could not be written there. Free some space, or choose another folder. What was installed before is unchanged." "无法在此处写入 ProdEdit。请释放空间或选择其他文件夹。之前安装的版本未受影响。"
!insertmacro WORDS STILL_RUNS "ProdEdit is running. Close it, then try again." "ProdEdit 正在运行。请关闭后重试。"
