# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
# What is installed where, one component a program: console, ctl, site. Rules, translations, icons and the map are inside the programs.
include(GNUInstallDirs)
set(resources ${PROJECT_SOURCE_DIR}/resources)
set(share ${CMAKE_INSTALL_DATADIR})
set(pages_made "")

# portulan_zip(FILE OUT): compressed as Debian wants it, without a date.
function(portulan_zip file out)
  cmake_path(GET out PARENT_PATH folder)
  file(MAKE_DIRECTORY ${folder})
  add_custom_command(OUTPUT ${out} COMMAND gzip -9nc ${file} > ${out} DEPENDS ${file} VERBATIM)
  set(pages_made ${pages_made} ${out} PARENT_SCOPE)
endfunction()

# portulan_pages(COMPONENT PROGRAM SECTION): its page in both languages, and what every package says about itself.
function(portulan_pages component program section)
  set(made ${PROJECT_BINARY_DIR}/install)
  foreach(language en fr)
    set(under "")
    if(NOT language STREQUAL en)
      set(under ${language}/)
    endif()
    portulan_zip(${resources}/man/${under}${program}.${section} ${made}/${under}${program}.${section}.gz)
    install(FILES ${made}/${under}${program}.${section}.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/${under}man${section} COMPONENT ${component})
  endforeach()
  portulan_zip(${resources}/debian/changelog ${made}/${program}/changelog.Debian.gz)
  portulan_zip(${PROJECT_SOURCE_DIR}/CHANGELOG.md ${made}/${program}/changelog.gz)
  install(FILES ${made}/${program}/changelog.Debian.gz ${made}/${program}/changelog.gz ${PROJECT_BINARY_DIR}/copyright
    DESTINATION ${share}/doc/${program} COMPONENT ${component})
  install(FILES ${resources}/debian/${program}.overrides DESTINATION ${share}/lintian/overrides RENAME ${program} COMPONENT ${component})
  set(pages_made ${pages_made} PARENT_SCOPE)
endfunction()

# Debian's copyright file quotes a licence whole that is not among its common ones: one space before each line, a dot for an empty one.
file(READ ${PROJECT_SOURCE_DIR}/LICENSES/EUPL-1.2.txt text)
string(REGEX REPLACE "[ \t]+\n" "\n" text "${text}")
string(STRIP "${text}" text)
string(REPLACE "\n" "\n " eupl " ${text}")
string(REPLACE "\n \n" "\n .\n" eupl "${eupl}")
string(REPLACE "\n \n" "\n .\n" eupl "${eupl}")
configure_file(${resources}/debian/copyright.in ${PROJECT_BINARY_DIR}/copyright @ONLY)

install(TARGETS portulan-site RUNTIME COMPONENT site)
portulan_pages(site portulan-site 8)
install(FILES ${resources}/portulan-site.service DESTINATION lib/systemd/system COMPONENT site)
install(FILES ${resources}/portulan-site.sysusers DESTINATION lib/sysusers.d RENAME portulan-site.conf COMPONENT site)
install(FILES ${resources}/portulan-site.toml DESTINATION ${share}/doc/portulan-site/examples RENAME site.toml COMPONENT site)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/proto/ DESTINATION ${share}/portulan/proto COMPONENT site FILES_MATCHING PATTERN *.proto)
install(FILES ${resources}/rules/sovereignty.json DESTINATION ${share}/portulan/rules COMPONENT site)

if(PORTULAN_CONSOLE)
  install(TARGETS portulanctl RUNTIME COMPONENT ctl)
  portulan_pages(ctl portulanctl 1)
  set(completion ${PROJECT_BINARY_DIR}/install/completion)
  add_custom_command(OUTPUT ${completion} COMMAND ${CMAKE_COMMAND} -E env LC_ALL=C.UTF-8 $<TARGET_FILE:portulanctl> completion bash > ${completion}
    DEPENDS portulanctl VERBATIM)
  list(APPEND pages_made ${completion})
  install(FILES ${completion} DESTINATION ${share}/bash-completion/completions RENAME portulanctl COMPONENT ctl)
  install(FILES ${resources}/examples/federation-template.json DESTINATION ${share}/doc/portulanctl/examples COMPONENT ctl)

  install(TARGETS portulan RUNTIME COMPONENT console)
  portulan_pages(console portulan 1)
  install(FILES ${resources}/org.portulan.Console.desktop DESTINATION ${share}/applications COMPONENT console)
  install(FILES ${resources}/org.portulan.Console.metainfo.xml DESTINATION ${share}/metainfo COMPONENT console)
  install(FILES ${resources}/org.portulan.Console.svg DESTINATION ${share}/icons/hicolor/scalable/apps COMPONENT console)
endif()
add_custom_target(pages ALL DEPENDS ${pages_made})
add_custom_target(installed DEPENDS portulan-site $<TARGET_NAME_IF_EXISTS:portulanctl> $<TARGET_NAME_IF_EXISTS:portulan>)
add_dependencies(installed pages)
