# Rooms depend one way only: a header or source may include the public headers of rooms below its own, and private
# headers of its own room. cmake -DROOT=<checkout> -P rooms.cmake
cmake_minimum_required(VERSION 3.25)

# room | rooms it may include (public headers)
set(base time,diagnostic,value,file,export)
set(rooms
  "time|export"
  "diagnostic|time,export"
  "value|time,diagnostic,export,file,json_file"
  "json|value"
  "json_file|value,export"
  "spdlog|diagnostic"
  "file|diagnostic,export"
  "os|file,diagnostic,export"
  "text|export"
  "xml|time,diagnostic,value,export"
  "calendar|${base}"
  "agency|calendar,${base}"
  "plan|agency,calendar,${base}"
  "network|plan,calendar,${base}"
  "schedule|network,plan,agency,calendar,${base}"
  "journal|${base}"
  "book|journal,agency,${base}"
  "run|schedule,journal,plan,agency,calendar,${base}"
  "docx|${base}"
  "form|docx,${base}"
  "report|run,schedule,journal,plan,agency,calendar,${base}"
  "documents|report,book,form,docx,run,schedule,journal,plan,agency,calendar,${base}"
  "project|schedule,network,plan,agency,calendar,${base}"
  "drawing|project,schedule,network,plan,agency,calendar,${base}"
  "interchange|drawing,project,docx,run,schedule,network,journal,plan,agency,calendar,${base}")
# Private folders that a room may use beside its own.
set(private_of
  "value|os" "docx|xml,text" "form|xml" "calendar|xml,os,text" "plan|xml,calendar,text" "journal|os" "os|"
  "interchange|xml" "diagnostic|" "time|" "schedule|plan,calendar" "run|text" "book|text" "report|text" "text|" "documents|" "agency|" "xml|")

set(names "")
foreach(line IN LISTS rooms)
  string(REGEX REPLACE "\\|.*" "" name "${line}")
  list(APPEND names ${name})
  string(REGEX REPLACE "^[a-z_]+\\|" "" may "${line}")
  string(REPLACE "," ";" may_${name} "${may}")
endforeach()
foreach(line IN LISTS private_of)
  string(REGEX REPLACE "\\|.*" "" name "${line}")
  string(REGEX REPLACE "^[a-z_]+\\|" "" uses "${line}")
  string(REPLACE "," ";" uses_${name} "${uses}")
endforeach()

set(faults 0)
set(seen 0)
file(GLOB_RECURSE files RELATIVE ${ROOT} ${ROOT}/include/vanthu/*.hpp ${ROOT}/src/*.cpp ${ROOT}/src/*.hpp)
foreach(f IN LISTS files)
  if(f MATCHES "^include/vanthu/([a-z_]+)\\.hpp$")
    set(room ${CMAKE_MATCH_1})
  elseif(f MATCHES "^src/([a-z_]+)/")
    set(room ${CMAKE_MATCH_1})
  else()
    message(SEND_ERROR "${f}: in no room")
    continue()
  endif()
  if(NOT room IN_LIST names)
    message(SEND_ERROR "${f}: '${room}' is no room of the house: name it, and what it may include, in tests/house/rooms.cmake")
    continue()
  endif()
  file(STRINGS ${ROOT}/${f} includes REGEX "^#include \"")
  foreach(line IN LISTS includes)
    math(EXPR seen "${seen} + 1")
    if(line MATCHES "\"vanthu/([a-z_]+)\\.(hpp|h)\"")
      set(target ${CMAKE_MATCH_1})
      if(NOT target STREQUAL room AND NOT target IN_LIST may_${room})
        message(SEND_ERROR "${f}: room '${room}' may not include vanthu/${target}.hpp")
      endif()
    elseif(line MATCHES "\"([a-z_]+)/")
      set(target ${CMAKE_MATCH_1})
      if(NOT target STREQUAL room AND NOT target IN_LIST uses_${room})
        message(SEND_ERROR "${f}: room '${room}' may not use private headers of '${target}'")
      endif()
    else()
      message(SEND_ERROR "${f}: write includes with their folder: ${line}")
    endif()
  endforeach()
endforeach()
if(seen LESS 20)
  message(SEND_ERROR "only ${seen} includes seen: is ROOT right?")
endif()
