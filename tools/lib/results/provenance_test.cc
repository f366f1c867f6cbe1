#include "tools/lib/results/provenance.h"

#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Report ReportWith(const std::map<std::string, std::string>& context) {
  return {.file = "r.json", .context = context};
}

TEST(ProvenanceOf, SaysWhatIsNotStated) {
  const auto provenance = ProvenanceOf({ReportWith({{"slo_compiler", "GNU 12.2"}})});
  EXPECT_EQ(provenance.at("compiler"), "GNU 12.2");
  EXPECT_EQ(provenance.at("seed"), "not stated");
}

TEST(ProvenanceOf, ShowsEveryValueOfShardsOnce) {
  const auto provenance = ProvenanceOf({ReportWith({{"date", "1st"}, {"host_name", "box"}}),
                                        ReportWith({{"date", "2nd"}, {"host_name", "box"}})});
  EXPECT_EQ(provenance.at("measured_at"), "1st; 2nd");
  EXPECT_EQ(provenance.at("host"), "box");
}

TEST(ProvenanceOf, SaysWhatWasMeasured) {
  const auto provenance =
      ProvenanceOf({ReportWith({{"slo_store", "sqlite"}, {"slo_store_synchronous", "full"}})});
  EXPECT_EQ(provenance.at("store"), "sqlite");
  EXPECT_EQ(provenance.at("store_synchronous"), "full");
  EXPECT_EQ(provenance.count("target"), 0U) << "what does not apply is left out";
}

TEST(ProvenanceNotes, NamesWhatWeakensTheVerdict) {
  EXPECT_THAT(ProvenanceNotes({ReportWith({{"slo_git_dirty", "true"}, {"num_cpus", "2"}}),
                               ReportWith({{"slo_git_dirty", "true"}, {"num_cpus", "64"}})}),
              ElementsAre(HasSubstr("do not state their build type"),
                          "measured on a tree with uncommitted changes",
                          "the files come from unlike machines: num_cpus is 2 and 64"));
}

TEST(ProvenanceNotes, AreEmptyForACleanReleaseBuild) {
  EXPECT_THAT(
      ProvenanceNotes({ReportWith({{"slo_build_type", "release"}, {"slo_git_dirty", "false"}})}),
      ElementsAre());
}

TEST(ProvenanceNotes, SayWhatOtherProgramsSayOfLibraryAndMachine) {
  EXPECT_THAT(
      ProvenanceNotes({ReportWith({{"library_build_type", "debug"},
                                   {"cpu_scaling_enabled", "true"},
                                   {"aslr_enabled", "true"},
                                   {"num_cpus", "8"},
                                   {"load_avg", "[8.5,0.3,0.2]"}})}),
      ElementsAre(HasSubstr("--benchmark_context=slo_build_type=release"),
                  HasSubstr("library_build_type is debug"),
                  HasSubstr("cpu_scaling_enabled is true"), HasSubstr("aslr_enabled is true"),
                  HasSubstr("load_avg is 8.5 on 8 CPUs")));
}

TEST(ProvenanceNotes, AreSilentAboutAQuietMachine) {
  for (const char* load : {"[8,0.3,0.2]", "[]", "", "[null]"}) {
    EXPECT_THAT(ProvenanceNotes({ReportWith({{"slo_build_type", "release"},
                                             {"library_build_type", "release"},
                                             {"cpu_scaling_enabled", "false"},
                                             {"aslr_enabled", "false"},
                                             {"num_cpus", "8"},
                                             {"load_avg", load}})}),
                ElementsAre())
        << load;
  }
}

TEST(ProvenanceNotes, DoNotAskOurProgramForTheBuildOfTheLibrary) {
  EXPECT_THAT(ProvenanceNotes({ReportWith({{"slo_build_type", "release"},
                                           {"slo_confidence_level", "0.99"},
                                           {"slo_schema", "1"},
                                           {"library_build_type", "debug"}})}),
              ElementsAre());
}

}  // namespace
}  // namespace slo::tools
