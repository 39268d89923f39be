; SPDX-License-Identifier: Apache-2.0
; The installer for Windows, of a bundle that was made there (packaging/bundle).
;
;   makensis -DVERSION=0.1.0 -DTREE=dist\prodedit -DOUT=ProdEdit-0.1.0.exe prodedit.nsi
;
; Words of the installer: /S silently, /CurrentUser or /AllUsers, /D=folder (last).
; Words of the uninstaller: /S silently, /DELETEDATA with this person's settings and data.
;
; Everything of the program lies in $INSTDIR\app, which is nobody else's. A new version is put beside
; the old one and takes its place when it is whole; the old one stays where anything goes wrong.

Target amd64-unicode
!ifndef VERSION
  !error "VERSION is missing"
!endif
!ifndef TREE
  !error "TREE is missing: the folder of the bundle"
!endif
!ifndef OUT
  !define OUT "ProdEdit-${VERSION}.exe"
!endif

!define NAME "ProdEdit"
!define PUBLISHER "The ProdEdit authors"
!define WINDOW "$INSTDIR\app\prodedit.exe"
!define CONSOLE "$INSTDIR\app\prodedit-cli.exe"
!define PROJECT "ProdEdit.Project"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define PATHS_KEY "Software\Microsoft\Windows\CurrentVersion\App Paths"
!define APPLICATION_KEY "Software\Classes\Applications\prodedit.exe"

Name "${NAME}"
OutFile "${OUT}"
BrandingText "${NAME} ${VERSION}"
SetCompressor /SOLID lzma
ManifestDPIAware true
ManifestSupportedOS all
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${NAME}"
VIAddVersionKey "LegalCopyright" "Apache-2.0"

; For oneself without an administrator, or for all with one; what was chosen is remembered.
!define MULTIUSER_EXECUTIONLEVEL Highest
!define MULTIUSER_MUI
!define MULTIUSER_INSTALLMODE_COMMANDLINE
!define MULTIUSER_USE_PROGRAMFILES64
!define MULTIUSER_INSTALLMODE_DEFAULT_CURRENTUSER
!define MULTIUSER_INSTALLMODE_INSTDIR "${NAME}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_KEY "Software\${NAME}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_VALUENAME "Folder"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_KEY "Software\${NAME}"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_VALUENAME "Folder"
!include MultiUser.nsh
!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include x64.nsh

!define MUI_ICON "prodedit.ico"
!define MUI_UNICON "prodedit.ico"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "${WINDOW}"
!define MUI_FINISHPAGE_NOAUTOCLOSE

!insertmacro MUI_PAGE_WELCOME
!insertmacro MULTIUSER_PAGE_INSTALLMODE
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_COMPONENTS
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "SimpChinese"

!include words.nsh

; ------------------------------------------------------------------------------------------- install

Section "$(PART_PROGRAM)" part_program
  SectionIn RO
  Call CheckSpace
  ; Where nothing else lies: what a person keeps in that folder is never touched.
  RMDir /r "$INSTDIR\app.new"
  ClearErrors
  SetOutPath "$INSTDIR\app.new"
  SetOverwrite try
  File /r "${TREE}\*"
  ${If} ${Errors}
    SetOutPath "$INSTDIR"
    RMDir /r "$INSTDIR\app.new"
    Push "$(NOT_WRITTEN)"
    Call Refuse
  ${EndIf}
  SetOutPath "$INSTDIR"
  Call ReplaceOld
  WriteUninstaller "$INSTDIR\uninstall.exe"
  Call Register
SectionEnd

Section "$(PART_MENU)" part_menu
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "${WINDOW}"
SectionEnd

Section /o "$(PART_DESKTOP)" part_desktop
  CreateShortcut "$DESKTOP\${NAME}.lnk" "${WINDOW}"
SectionEnd

Section "$(PART_FILES)" part_files
  ; Projects open with a double click; pictures keep the program that they open with, and get this
  ; one in "Open with".
  WriteRegStr SHCTX "Software\Classes\${PROJECT}" "" "$(PROJECT_FILE)"
  WriteRegStr SHCTX "Software\Classes\${PROJECT}\DefaultIcon" "" "${WINDOW},0"
  WriteRegStr SHCTX "Software\Classes\${PROJECT}\shell\open\command" "" '"${WINDOW}" -- "%1"'
  WriteRegStr SHCTX "Software\Classes\.ora" "" "${PROJECT}"
  WriteRegStr SHCTX "Software\Classes\.ora\OpenWithProgids" "${PROJECT}" ""
  WriteRegStr SHCTX "${APPLICATION_KEY}" "FriendlyAppName" "${NAME}"
  WriteRegStr SHCTX "${APPLICATION_KEY}\shell\open\command" "" '"${WINDOW}" -- "%1"'
  !macro PICTURE suffix
    WriteRegStr SHCTX "${APPLICATION_KEY}\SupportedTypes" ".${suffix}" ""
    WriteRegStr SHCTX "Software\Classes\.${suffix}\OpenWithList\prodedit.exe" "" ""
  !macroend
  !macro PICTURES do
    !insertmacro ${do} jpg
    !insertmacro ${do} jpeg
    !insertmacro ${do} png
    !insertmacro ${do} webp
    !insertmacro ${do} avif
    !insertmacro ${do} heic
    !insertmacro ${do} heif
    !insertmacro ${do} tif
    !insertmacro ${do} tiff
    !insertmacro ${do} bmp
    !insertmacro ${do} gif
    !insertmacro ${do} jp2
    !insertmacro ${do} psd
    !insertmacro ${do} psb
    !insertmacro ${do} svg
    !insertmacro ${do} dng
    !insertmacro ${do} cr2
    !insertmacro ${do} cr3
    !insertmacro ${do} nef
    !insertmacro ${do} arw
    !insertmacro ${do} raf
    !insertmacro ${do} orf
    !insertmacro ${do} rw2
  !macroend
  !insertmacro PICTURES PICTURE
  Call TellShell
SectionEnd

Function .onInit
  ${IfNot} ${RunningX64}
    Push "$(NOT_64_BIT)"
    Call Refuse
  ${EndIf}
  StrCpy $8 "$INSTDIR" ; of /D, which the next line would forget
  !insertmacro MULTIUSER_INIT
  ${If} $8 != ""
    StrCpy $INSTDIR "$8"
  ${EndIf}
  !insertmacro MUI_LANGDLL_DISPLAY
FunctionEnd

Function CheckSpace
  ; Twice the program: the old one stays until the new one is whole.
  SectionGetSize ${part_program} $0
  ${GetRoot} "$INSTDIR" $1
  ${DriveSpace} "$1\" "/D=F /S=K" $2
  ${If} $2 != ""
  ${AndIf} $2 < $0
    Push "$(NO_SPACE)"
    Call Refuse
  ${EndIf}
FunctionEnd

Function ReplaceOld
  ; A program that runs holds its folder: then nothing has been changed yet, and a person may end it.
  again:
  RMDir /r "$INSTDIR\app.old"
  ${If} ${FileExists} "$INSTDIR\app\*.*"
    ClearErrors
    Rename "$INSTDIR\app" "$INSTDIR\app.old"
    ${If} ${Errors}
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(STILL_RUNS)" /SD IDCANCEL IDRETRY again
      RMDir /r "$INSTDIR\app.new"
      SetErrorLevel 2
      Abort
    ${EndIf}
  ${EndIf}
  ClearErrors
  Rename "$INSTDIR\app.new" "$INSTDIR\app"
  ${If} ${Errors}
    Rename "$INSTDIR\app.old" "$INSTDIR\app"
    RMDir /r "$INSTDIR\app.new"
    Push "$(NOT_WRITTEN)"
    Call Refuse
  ${EndIf}
  RMDir /r "$INSTDIR\app.old"
FunctionEnd

Function Register
  WriteRegStr SHCTX "Software\${NAME}" "Folder" "$INSTDIR"
  WriteRegStr SHCTX "${PATHS_KEY}\prodedit.exe" "" "${CONSOLE}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayName" "${NAME}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayIcon" "${WINDOW}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "Publisher" "${PUBLISHER}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "UninstallString" \
    '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode'
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "QuietUninstallString" \
    '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode /S'
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoRepair" 1
  SectionGetSize ${part_program} $0
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "EstimatedSize" $0
FunctionEnd

!macro TELL_SHELL
  ; SHCNE_ASSOCCHANGED: icons and menus are read anew.
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend
Function TellShell
  !insertmacro TELL_SHELL
FunctionEnd

Function Refuse
  ; The sentence lies on the stack. Silently, the exit code tells.
  Pop $9
  MessageBox MB_OK|MB_ICONSTOP "$9" /SD IDOK
  SetErrorLevel 2
  Abort
FunctionEnd

; ----------------------------------------------------------------------------------------- uninstall

Section "un.$(PART_PROGRAM)" unpart_program
  SectionIn RO
  ; A program that runs holds its folder: nothing is half removed.
  again:
  RMDir /r "$INSTDIR\app.old"
  ${If} ${FileExists} "$INSTDIR\app\*.*"
    ClearErrors
    Rename "$INSTDIR\app" "$INSTDIR\app.old"
    ${If} ${Errors}
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(STILL_RUNS)" /SD IDCANCEL IDRETRY again
      SetErrorLevel 2
      Abort
    ${EndIf}
  ${EndIf}
  RMDir /r "$INSTDIR\app.old"
  RMDir /r "$INSTDIR\app.new"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; only where nothing of anybody else lies in it
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$DESKTOP\${NAME}.lnk"
  !macro UNPICTURE suffix
    DeleteRegKey SHCTX "Software\Classes\.${suffix}\OpenWithList\prodedit.exe"
    DeleteRegKey /ifempty SHCTX "Software\Classes\.${suffix}\OpenWithList"
    DeleteRegKey /ifempty SHCTX "Software\Classes\.${suffix}"
  !macroend
  !insertmacro PICTURES UNPICTURE
  DeleteRegKey SHCTX "${APPLICATION_KEY}"
  ReadRegStr $0 SHCTX "Software\Classes\.ora" ""
  ${If} $0 == "${PROJECT}" ; another program may have taken it over
    DeleteRegValue SHCTX "Software\Classes\.ora" ""
  ${EndIf}
  DeleteRegValue SHCTX "Software\Classes\.ora\OpenWithProgids" "${PROJECT}"
  DeleteRegKey /ifempty SHCTX "Software\Classes\.ora\OpenWithProgids"
  DeleteRegKey /ifempty SHCTX "Software\Classes\.ora"
  DeleteRegKey SHCTX "Software\Classes\${PROJECT}"
  DeleteRegKey SHCTX "${PATHS_KEY}\prodedit.exe"
  DeleteRegKey SHCTX "${UNINSTALL_KEY}"
  DeleteRegKey SHCTX "Software\${NAME}"
  !insertmacro TELL_SHELL
SectionEnd

; Not ticked at first: what a person made stays unless it is asked for.
Section /o "un.$(PART_DATA)" unpart_data
  SetShellVarContext current
  RMDir /r "$LOCALAPPDATA\prodedit"
SectionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${part_program} "$(ABOUT_PROGRAM)"
  !insertmacro MUI_DESCRIPTION_TEXT ${part_menu} "$(ABOUT_MENU)"
  !insertmacro MUI_DESCRIPTION_TEXT ${part_desktop} "$(ABOUT_DESKTOP)"
  !insertmacro MUI_DESCRIPTION_TEXT ${part_files} "$(ABOUT_FILES)"
!insertmacro MUI_FUNCTION_DESCRIPTION_END

!insertmacro MUI_UNFUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${unpart_program} "$(ABOUT_PROGRAM)"
  !insertmacro MUI_DESCRIPTION_TEXT ${unpart_data} "$(ABOUT_DATA)"
!insertmacro MUI_UNFUNCTION_DESCRIPTION_END

Function un.onInit
  !insertmacro MULTIUSER_UNINIT
  !insertmacro MUI_UNGETLANGUAGE
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/DELETEDATA" $1
  ${IfNot} ${Errors}
    SectionGetFlags ${unpart_data} $1
    IntOp $1 $1 | ${SF_SELECTED}
    SectionSetFlags ${unpart_data} $1
  ${EndIf}
FunctionEnd
