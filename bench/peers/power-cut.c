/* Ends a file system as a power cut does: nothing that was not written to its device reaches it any more (EXT4_IOC_SHUTDOWN, no flush of the log). */
#include <fcntl.h>
#include <stdio.h>
#include <sys/ioctl.h>

#define FS_SHUTDOWN _IOR('X', 125, unsigned int)
#define WITHOUT_FLUSHING_THE_LOG 2u

int main(int count, char **words) {
  unsigned int how = WITHOUT_FLUSHING_THE_LOG;
  int folder = count == 2 ? open(words[1], O_RDONLY) : -1;
  if (folder < 0 || ioctl(folder, FS_SHUTDOWN, &how) != 0) {
    perror(count == 2 ? words[1] : "folder");
    return 1;
  }
  return 0;
}
