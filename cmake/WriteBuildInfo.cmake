# cmake -DSOURCE_DIR=... -DOUTPUT=... -P WriteBuildInfo.cmake
#
# Writes the revision of SOURCE_DIR as a header, at build time, and leaves the file alone when
# nothing changed, so that an unchanged tree rebuilds nothing.

find_program(git_executable git)
set(revision "unknown")
set(dirty "unknown")
if(git_executable)
  execute_process(
    COMMAND "${git_executable}" -C "${SOURCE_DIR}" rev-parse HEAD
    OUTPUT_VARIABLE head OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
  if(NOT failed)
    set(revision "${head}")
    execute_process(
      COMMAND "${git_executable}" -C "${SOURCE_DIR}" status --porcelain
      OUTPUT_VARIABLE changes OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    set(dirty "false")
    if(changes)
      set(dirty "true")
    endif()
  endif()
endif()

set(content "// Generated at build time.
#ifndef SLO_BENCH_GIT_REVISION_H_
#define SLO_BENCH_GIT_REVISION_H_

namespace slo::bench {

inline constexpr char kGitRevision[] = \"${revision}\";
inline constexpr char kGitDirty[] = \"${dirty}\";

}  // namespace slo::bench

#endif  // SLO_BENCH_GIT_REVISION_H_
")
set(previous "")
if(EXISTS "${OUTPUT}")
  file(READ "${OUTPUT}" previous)
endif()
if(NOT previous STREQUAL content)
  file(WRITE "${OUTPUT}" "${content}")
endif()
