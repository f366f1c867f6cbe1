#include "tools/lib/results/row_metrics.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

std::vector<RowMetrics::Named> Listed(const RowMetrics& metrics) {
  std::vector<RowMetrics::Named> all;
  for (const auto& [name, value] : metrics) all.emplace_back(name, value);
  return all;
}

TEST(RowMetrics, AreOrderedByNameAndEachIsThereOnce) {
  const RowMetrics metrics = {{"b", 1}, {"a", 2}, {"b", 3}};
  EXPECT_THAT(Listed(metrics), ElementsAre(Pair("a", 2), Pair("b", 3)));
  EXPECT_EQ(metrics.size(), 2u);
}

TEST(RowMetrics, AreFoundByTheWholeName) {
  const RowMetrics metrics = {{"bb", 1}, {"dd", 2}};
  EXPECT_EQ(metrics.Find("bb"), 1);
  EXPECT_EQ(metrics.Find("dd"), 2);
  for (const char* name : {"", "a", "b", "bbb", "c", "d", "e"}) {
    EXPECT_FALSE(metrics.Find(name).has_value()) << name;
  }
  EXPECT_FALSE(RowMetrics().Find("a").has_value());
  EXPECT_TRUE(RowMetrics().empty());
}

TEST(RowMetrics, ChangeWithoutChangingTheirCopies) {
  RowMetrics metrics = {{"a", 1}, {"c", 3}};
  const RowMetrics copy = metrics;
  metrics.Set("a", 10);
  metrics.Set("b", 2);
  metrics.Erase("c");
  metrics.Erase("z");
  EXPECT_THAT(Listed(metrics), ElementsAre(Pair("a", 10), Pair("b", 2)));
  EXPECT_THAT(Listed(copy), ElementsAre(Pair("a", 1), Pair("c", 3)));
  RowMetrics empty;
  empty.Set("x", 1);
  EXPECT_EQ(empty.Find("x"), 1);
}

TEST(RowMetrics, AreEqualWhenNamesAndValuesAre) {
  const RowMetrics metrics = {{"a", 1}, {"b", 2}};
  EXPECT_EQ(metrics, (RowMetrics{{"b", 2}, {"a", 1}}));
  EXPECT_FALSE(metrics == (RowMetrics{{"a", 1}, {"c", 2}}));
  EXPECT_FALSE(metrics == (RowMetrics{{"a", 1}, {"b", 3}}));
  EXPECT_FALSE(metrics == (RowMetrics{{"a", 1}}));
  EXPECT_EQ(RowMetrics(), RowMetrics(std::vector<RowMetrics::Named>{}));
}

}  // namespace
}  // namespace slo::tools
