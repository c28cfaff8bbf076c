# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
# :/map/europe.map is projected at build time from Natural Earth's outlines (public domain, 1:50 million), and :/map/countries.json holds
# names and hand-placed label anchors. rcc is called by hand because the .qrc lists a file that the build makes.
add_executable(portulan_mapmaker map/mapmaker.cpp ${PROJECT_SOURCE_DIR}/ui/map/projection.cpp)
target_link_libraries(portulan_mapmaker PRIVATE portulan_house nlohmann_json::nlohmann_json)
set(map_outlines ${CMAKE_CURRENT_SOURCE_DIR}/map/europe-50m.json)
set(map_countries ${CMAKE_CURRENT_SOURCE_DIR}/map/countries.json)
add_custom_command(OUTPUT europe.map COMMAND portulan_mapmaker ${map_outlines} ${map_countries} europe.map
  DEPENDS ${map_outlines} ${map_countries} COMMENT "Projecting the map of Europe")
configure_file(map/map.qrc.in map.qrc @ONLY)
add_custom_command(OUTPUT qrc_map.cpp COMMAND Qt6::rcc --name map --output qrc_map.cpp ${CMAKE_CURRENT_BINARY_DIR}/map.qrc
  DEPENDS ${CMAKE_CURRENT_BINARY_DIR}/map.qrc europe.map ${map_countries})
target_sources(portulan_resources PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/qrc_map.cpp icons/icons.qrc)
