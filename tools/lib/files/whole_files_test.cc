#include "tools/lib/files/whole_files.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <iterator>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/lib/files/scratch_folder_testing.h"

namespace slo::tools {
namespace {

class WholeFilesTest : public ::testing::Test {
 protected:
  std::string Read(const std::string& name) const {
    std::ifstream stream(directory_ / name);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  }

  int FileCount() const {
    return static_cast<int>(std::distance(std::filesystem::directory_iterator(directory_),
                                          std::filesystem::directory_iterator()));
  }

  const ScratchFolder scratch_;
  const std::filesystem::path directory_ = scratch_.path() / "made";  // not there yet
};

TEST_F(WholeFilesTest, MakesTheDirectoryAndReplacesFiles) {
  ASSERT_TRUE(WriteWholeFiles(directory_, {{"latest.md", "old"}}).ok());
  ASSERT_TRUE(WriteWholeFiles(directory_, {{"latest.md", "new"}, {"latest.json", "{}"}}).ok());
  EXPECT_EQ(Read("latest.md"), "new");
  EXPECT_EQ(FileCount(), 2) << "nothing temporary stays";
}

TEST_F(WholeFilesTest, LeavesTheOldFilesWhenOneCannotBeWritten) {
  ASSERT_TRUE(WriteWholeFiles(directory_, {{"latest.md", "old"}}).ok());
  // A name that no file system takes: the second file fails, so the first must not be replaced.
  const absl::Status status =
      WriteWholeFiles(directory_, {{"latest.md", "new"}, {std::string(300, 'x'), "y"}});
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(status.message(), ::testing::HasSubstr("cannot be created"));
  EXPECT_EQ(Read("latest.md"), "old");
  EXPECT_EQ(FileCount(), 1) << "nothing temporary stays";
}

TEST_F(WholeFilesTest, RefusesADirectoryThatCannotBeMade) {
  ASSERT_TRUE(WriteWholeFiles(directory_, {{"file", ""}}).ok());
  EXPECT_THAT(WriteWholeFiles(directory_ / "file" / "below", {{"a", ""}}).message(),
              ::testing::HasSubstr("cannot be made"));
}

TEST_F(WholeFilesTest, WritesEveryFileWhole) {
  const std::string large(3'000'000, 'x');
  ASSERT_TRUE(WriteWholeFiles(directory_, {{"empty", ""}, {"one", "1"}, {"large", large}}).ok());
  EXPECT_EQ(Read("empty"), "");
  EXPECT_EQ(Read("one"), "1");
  EXPECT_EQ(Read("large"), large);
  EXPECT_EQ(FileCount(), 3);
}

TEST_F(WholeFilesTest, ShortensAFileThatWasLonger) {
  ASSERT_TRUE(WriteWholeFiles(directory_, {{"file", "longer"}}).ok());
  // What a writer with this process id left behind is longer as well.
  std::ofstream(directory_ / (".file." + std::to_string(getpid()) + ".tmp")) << "left behind";
  ASSERT_TRUE(WriteWholeFiles(directory_, {{"file", "short"}}).ok());
  EXPECT_EQ(Read("file"), "short");
}

TEST_F(WholeFilesTest, MakesFilesThatOthersMayReadAndOnlyTheOwnerWrite) {
  const mode_t before = umask(0);
  const absl::Status status = WriteWholeFiles(directory_, {{"file", ""}});
  umask(before);
  ASSERT_TRUE(status.ok());
  EXPECT_EQ(static_cast<int>(std::filesystem::status(directory_ / "file").permissions()), 0644);
}

TEST_F(WholeFilesTest, WritesNothingForNoFiles) {
  EXPECT_TRUE(WriteWholeFiles(directory_, {}).ok());
  EXPECT_EQ(FileCount(), 0);
}

TEST_F(WholeFilesTest, SaysWhichNameCannotBeReplaced) {
  std::filesystem::create_directories(directory_ / "second" / "in_its_place");
  const absl::Status status =
      WriteWholeFiles(directory_, {{"first", "1"}, {"second", "2"}, {"third", "3"}});
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(status.message()),
              ::testing::StartsWith((directory_ / "second").string() + ": "));
  EXPECT_THAT(status.message(), ::testing::HasSubstr("cannot be replaced"));
  EXPECT_EQ(Read("first"), "1") << "a rename that failed is the one thing that leaves some new";
  EXPECT_EQ(FileCount(), 2) << "nothing temporary stays";
}

TEST_F(WholeFilesTest, SaysThatTheDiskIsFull) {
  // A limit on the size of files stands for a full disk: some is written, and then no more.
  rlimit before = {};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  auto* const handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit few = {.rlim_cur = 1'000, .rlim_max = before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &few), 0);
  const absl::Status fits = WriteWholeFiles(directory_, {{"fits", std::string(1'000, 'x')}});
  const absl::Status status = WriteWholeFiles(directory_, {{"file", std::string(1'001, 'x')}});
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, handler);
  EXPECT_TRUE(fits.ok()) << fits;
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(status.message(), ::testing::HasSubstr("cannot be written"));
  EXPECT_EQ(FileCount(), 1) << "nothing temporary stays";
}

TEST_F(WholeFilesTest, WritesToAPipeAndLeavesItOne) {
  std::filesystem::create_directories(directory_);
  const std::filesystem::path pipe = directory_ / "pipe";
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  const int reader = open(pipe.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  ASSERT_GE(reader, 0);
  const absl::Status status = WriteWholeFiles(directory_, {{"pipe", "through"}, {"file", "1"}});
  std::string content(100, ' ');
  const ssize_t size = read(reader, content.data(), content.size());
  close(reader);
  EXPECT_TRUE(status.ok()) << status;
  ASSERT_EQ(size, 7);
  EXPECT_EQ(content.substr(0, 7), "through");
  EXPECT_TRUE(std::filesystem::is_fifo(pipe));
  EXPECT_EQ(Read("file"), "1");
  EXPECT_EQ(FileCount(), 2);
}

TEST_F(WholeFilesTest, WritesToADeviceThroughALinkAndReplacesNeither) {
  std::filesystem::create_directories(directory_);
  std::filesystem::create_symlink("/dev/null", directory_ / "null");
  EXPECT_TRUE(WriteWholeFiles(directory_, {{"null", "text"}}).ok());
  EXPECT_TRUE(std::filesystem::is_symlink(directory_ / "null"));
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
  EXPECT_EQ(FileCount(), 1);
}

TEST_F(WholeFilesTest, WritesToAnOpenFileThroughLinksAndReplacesNone) {
  ASSERT_TRUE(WriteWholeFiles(directory_, {{"file", "before "}}).ok());
  const int open_file = open((directory_ / "file").c_str(), O_WRONLY | O_CLOEXEC);
  ASSERT_GE(open_file, 0);
  std::filesystem::create_symlink("/proc/self/fd", directory_ / "fd");
  std::filesystem::create_symlink("fd/" + std::to_string(open_file), directory_ / "link");
  std::filesystem::create_symlink("link", directory_ / "standard_output");
  ASSERT_EQ(write(open_file, "first, ", 7), 7);
  const absl::Status status = WriteWholeFiles(directory_, {{"standard_output", "second, "}});
  ASSERT_EQ(write(open_file, "third", 5), 5);
  close(open_file);
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(Read("file"), "first, second, third");
  EXPECT_TRUE(std::filesystem::is_symlink(directory_ / "standard_output"));
  EXPECT_EQ(FileCount(), 4);
}

TEST_F(WholeFilesTest, TellsWhatIsWrittenThrough) {
  ASSERT_TRUE(WriteWholeFiles(directory_, {{"file", ""}}).ok());
  std::filesystem::create_symlink("file", directory_ / "link");
  std::filesystem::create_symlink("circle", directory_ / "circle");
  for (const char* name : {"file", "link", "circle", "none", "."}) {
    EXPECT_FALSE(IsWrittenThrough(directory_ / name)) << name;
  }
  for (const char* path : {"/dev/null", "/dev/full", "/dev/stdout", "/proc/self/fd/1"}) {
    EXPECT_TRUE(IsWrittenThrough(path)) << path;
  }
}

TEST_F(WholeFilesTest, LeavesTheOldFilesWhenADeviceTakesNoMore) {
  ASSERT_TRUE(WriteWholeFiles(directory_, {{"file", "old"}}).ok());
  std::filesystem::create_symlink("/dev/full", directory_ / "full");
  const absl::Status status = WriteWholeFiles(directory_, {{"file", "new"}, {"full", "text"}});
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(status.message(), ::testing::HasSubstr("full: cannot be written"));
  EXPECT_EQ(Read("file"), "old");
  EXPECT_EQ(FileCount(), 2);
}

TEST_F(WholeFilesTest, LeavesNoDescriptorOpen) {
  const int next = dup(STDERR_FILENO);
  close(next);
  ASSERT_TRUE(WriteWholeFiles(directory_, {{"a", "1"}, {"b", "2"}}).ok());
  const int next_again = dup(STDERR_FILENO);
  close(next_again);
  EXPECT_EQ(next_again, next);
}

}  // namespace
}  // namespace slo::tools
