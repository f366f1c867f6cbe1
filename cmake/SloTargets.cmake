include(GoogleTest)

# The house's target helpers. Every target gets the same language level, warnings and
# sanitizers through slo_flags; include paths start at the repository root.

add_library(slo_flags INTERFACE)
add_library(slo::flags ALIAS slo_flags)
target_compile_features(slo_flags INTERFACE cxx_std_20)
target_compile_options(
  slo_flags
  INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
            -Wnon-virtual-dtor -Woverloaded-virtual
            # Designated initialisers leave the rest to the defaults; GCC 12 warns of each.
            -Wno-missing-field-initializers $<$<BOOL:${SLO_WERROR}>:-Werror>)
# Each function begins on a cache line. Then a change in one place does not move code of another place within its
# lines, which alone changed the cost of requests by up to 3.7 % (tools/dev/measure-layout).
set(SLO_ALIGNMENT_FLAGS "-falign-functions=${SLO_FUNCTION_ALIGNMENT}")
target_compile_options(slo_flags INTERFACE ${SLO_ALIGNMENT_FLAGS})
# For code that is measured: sources that are compiled together are inlined as each would be alone. GCC's own limit of
# 10,000 instructions a unit cost a run 14 % more instructions (tools/count-instructions).
set(SLO_UNITY_FLAGS "")
if(CMAKE_UNITY_BUILD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  set(SLO_UNITY_FLAGS "--param=large-unit-insns=1000000")
endif()
# For code that is measured: which function an instruction was written in, also where it is inlined elsewhere, for
# slo_gate compare --explain. It changes no instruction (docs/measurements/2026-11-28-explanations.md). Programs carry it
# compressed.
set(SLO_INLINE_TABLE_FLAGS $<$<CONFIG:Release>:-g1>)
set(SLO_INLINE_TABLE_LINK_FLAGS $<$<CONFIG:Release>:-gz>)
target_link_libraries(slo_flags INTERFACE Threads::Threads)
if(SLO_SANITIZE)
  target_compile_options(slo_flags INTERFACE -fsanitize=${SLO_SANITIZE} -fno-omit-frame-pointer
                                             -fno-sanitize-recover=all)
  # With AddressSanitizer, GCC 12 calls members of std::regex uninitialized (GCC's bug 105562).
  target_compile_options(slo_flags INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  target_link_options(slo_flags INTERFACE -fsanitize=${SLO_SANITIZE})
endif()

function(slo_reject_unparsed function_name unparsed)
  if(unparsed)
    message(FATAL_ERROR "${function_name}: unknown arguments: ${unparsed}")
  endif()
endfunction()

# slo_library(<name> SRCS <file>... HDRS <file>... [DEPS <target>...])
#
# Declares library slo_<name> with alias slo::<name>. A library without SRCS is an interface
# library. Headers are verified to be self-contained (target all_verify_interface_header_sets).
function(slo_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SRCS;HDRS;DEPS")
  slo_reject_unparsed("slo_library(${name})" "${arg_UNPARSED_ARGUMENTS}")
  set(scope PUBLIC)
  if(NOT arg_SRCS)
    set(scope INTERFACE)
  endif()
  if(arg_SRCS)
    add_library(slo_${name} STATIC ${arg_SRCS})
  else()
    add_library(slo_${name} INTERFACE)
  endif()
  add_library(slo::${name} ALIAS slo_${name})
  target_sources(slo_${name} ${scope} FILE_SET HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}"
                                      FILES ${arg_HDRS})
  target_link_libraries(slo_${name} ${scope} slo::flags ${arg_DEPS})
endfunction()

# slo_test(<name> SRCS <file>... [DEPS <target>...] [LABEL <ctest label>] [TIMEOUT <seconds>] [COST <seconds>]
#          [ENVIRONMENT <NAME=value>...] [WHOLE] [GATE])
#
# One GoogleTest binary for the folder's *_test.cc files; each TEST becomes one ctest entry, or with
# WHOLE the binary becomes one entry, for tests that share an expensive set-up.
# The label says what the test needs: "unit" (the default) only its own process, and no clock decides;
# "integration" other processes, servers or clocks; "calibration" many simulated trials. GATE tests also have the label
# "gate" and are built by the target gate_tests: the gate's own tests, which slo-smoke runs. COST is the time of the
# longest test: ctest starts the longest first. Without BUILD_TESTING no test is declared.
# SLO_TESTDATA_DIR is the folder's testdata/ at compile time.
add_custom_target(gate_tests)
function(slo_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "WHOLE;GATE" "LABEL;TIMEOUT;COST" "SRCS;DEPS;ENVIRONMENT")
  slo_reject_unparsed("slo_test(${name})" "${arg_UNPARSED_ARGUMENTS}")
  if(NOT BUILD_TESTING)
    return()
  endif()
  if(NOT arg_LABEL)
    set(arg_LABEL unit)
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  if(NOT arg_COST)
    set(arg_COST 0)
  endif()
  add_executable(${name} ${arg_SRCS})
  target_link_libraries(${name} PRIVATE slo::flags ${arg_DEPS} GTest::gmock GTest::gtest_main)
  # The tested code is optimised. The tests themselves run once, and without optimisation compile in half of the time.
  target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O0>)
  target_compile_definitions(
    ${name} PRIVATE SLO_TESTDATA_DIR="${CMAKE_CURRENT_SOURCE_DIR}/testdata")
  set(labels ${arg_LABEL})
  if(arg_GATE)
    list(APPEND labels gate)
    add_dependencies(gate_tests ${name})
  endif()
  if(arg_WHOLE)
    add_test(NAME ${arg_LABEL}.${name} COMMAND ${name})
    set_tests_properties(
      ${arg_LABEL}.${name} PROPERTIES LABELS "${labels}" TIMEOUT ${arg_TIMEOUT} COST ${arg_COST}
                                      ENVIRONMENT "${arg_ENVIRONMENT}")
    return()
  endif()
  gtest_discover_tests(
    ${name}
    DISCOVERY_TIMEOUT 60
    PROPERTIES TIMEOUT ${arg_TIMEOUT} COST ${arg_COST} ENVIRONMENT "${arg_ENVIRONMENT}")
  # gtest_discover_tests() passes no lists on: the labels are set when ctest reads what was discovered.
  set(labels_script "${CMAKE_CURRENT_BINARY_DIR}/${name}_labels.cmake")
  file(WRITE "${labels_script}"
       "set_tests_properties(\${${name}_TESTS} PROPERTIES LABELS \"${labels}\")\n")
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES "${labels_script}")
endfunction()

# slo_tool(<name> SRCS <file>... [DEPS <target>...])
#
# An executable that is wiring only: flags, files, exit code over a library.
function(slo_tool name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SRCS;DEPS")
  slo_reject_unparsed("slo_tool(${name})" "${arg_UNPARSED_ARGUMENTS}")
  add_executable(${name} ${arg_SRCS})
  target_link_libraries(${name} PRIVATE slo::flags ${arg_DEPS})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
endfunction()

# slo_compile_alone(<target> <file>...)
#
# Keeps sources of a target out of its unity sources, where presets have them: replacements of operator new, which
# must not be inlined into the code that they count. Does nothing for a test that is not built.
function(slo_compile_alone target)
  if(NOT TARGET ${target})
    return()
  endif()
  set_source_files_properties(${ARGN} TARGET_DIRECTORY ${target}
                              PROPERTIES SKIP_UNITY_BUILD_INCLUSION TRUE)
endfunction()
