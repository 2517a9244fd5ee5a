/*
 * The least that a recorder can do, in C: one thread, epoll with SO_RCVLOWAT, read -> SHA-256 -> write, a new file for each camera each minute.
 * No index, no fsync, no parsing of what comes, no times. `hashing-reader <folder> <rtsp url>...` until SIGTERM.
 * libcrypto is opened at run time, so that its headers are not needed.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define LOW_WATER 65536
#define BUFFER (1 << 20)
#define FILE_SECONDS 60
#define ALIVE_SECONDS 20

struct camera {
  int socket, file, sequence;
  time_t began, spoke;
  void *hash;
  char session[128], url[256];
};

static void *(*make_hash)(void);
static const void *(*sha256)(void);
static int (*begin_hash)(void *, const void *, void *);
static int (*add_hash)(void *, const void *, size_t);
static int (*end_hash)(void *, unsigned char *, unsigned int *);
static const char *folder;

static void die(const char *what) {
  perror(what);
  exit(1);
}

static void send_all(int to, const char *text) {
  size_t left = strlen(text);
  while (left > 0) {
    ssize_t sent = write(to, text, left);
    if (sent <= 0) die("write");
    text += sent;
    left -= (size_t)sent;
  }
}

/* One answer: its head, and its body where it says how long that is. */
static void ask(struct camera *camera, const char *method, const char *url, const char *more, char *answer, size_t size) {
  char request[1024];
  snprintf(request, sizeof request, "%s %s RTSP/1.0\r\nCSeq: %d\r\n%s%s%s%s\r\n", method, url, ++camera->sequence, more, camera->session[0] ? "Session: " : "", camera->session, camera->session[0] ? "\r\n" : "");
  send_all(camera->socket, request);
  size_t length = 0;
  char *end = NULL;
  while (end == NULL && length + 1 < size) {
    if (read(camera->socket, answer + length, 1) != 1) die("answer");
    answer[++length] = 0;
    end = strstr(answer, "\r\n\r\n");
  }
  char *says = strcasestr(answer, "content-length:");
  for (long left = says == NULL ? 0 : atol(says + 15); left > 0 && length + 1 < size; left--) {
    if (read(camera->socket, answer + length, 1) != 1) die("body");
    answer[++length] = 0;
  }
  if (strncmp(answer, "RTSP/1.0 200", 12) != 0) {
    fprintf(stderr, "%s: %.40s\n", method, answer);
    exit(1);
  }
}

static void open_file(struct camera *camera, int number, time_t now) {
  char path[512];
  if (camera->file > 0) {
    unsigned char sum[64];
    unsigned int length;
    end_hash(camera->hash, sum, &length);
    close(camera->file);
  }
  snprintf(path, sizeof path, "%s/%d-%ld.bin", folder, number, (long)now);
  camera->file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (camera->file < 0) die(path);
  begin_hash(camera->hash, sha256(), NULL);
  camera->began = now;
}

static void begin(struct camera *camera, const char *url) {
  char host[64], answer[8192], track[512], line[128];
  int port = 554;
  if (sscanf(url, "rtsp://%63[^:/]:%d", host, &port) < 1) die(url);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
  inet_pton(AF_INET, host, &address.sin_addr);
  camera->socket = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(camera->socket, (struct sockaddr *)&address, sizeof address) != 0) die(url);
  snprintf(camera->url, sizeof camera->url, "%s", url);
  ask(camera, "DESCRIBE", url, "Accept: application/sdp\r\n", answer, sizeof answer);
  char *video = strstr(answer, "m=video");
  char *control = video == NULL ? NULL : strstr(video, "a=control:");
  if (control == NULL || sscanf(control, "a=control:%127[^\r\n]", line) != 1) die("no control in the description");
  if (strncmp(line, "rtsp:", 5) == 0) snprintf(track, sizeof track, "%s", line);
  else snprintf(track, sizeof track, "%s/%s", url, line);
  ask(camera, "SETUP", track, "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n", answer, sizeof answer);
  char *session = strcasestr(answer, "session:");
  if (session == NULL || sscanf(session + 8, " %127[^;\r\n]", camera->session) != 1) die("no session");
  ask(camera, "PLAY", url, "", answer, sizeof answer);
  int low = LOW_WATER;
  setsockopt(camera->socket, SOL_SOCKET, SO_RCVLOWAT, &low, sizeof low);
  fcntl(camera->socket, F_SETFL, O_NONBLOCK);
}

static void *from(void *library, const char *name) {
  void *found = dlsym(library, name);
  if (found == NULL) {
    fprintf(stderr, "%s is not in libcrypto\n", name);
    exit(1);
  }
  return found;
}

int main(int count, char **words) {
  static char buffer[BUFFER];
  void *library = dlopen("libcrypto.so.3", RTLD_NOW);
  if (library == NULL || count < 3) {
    fprintf(stderr, "%s\n", library == NULL ? "no libcrypto.so.3" : "hashing-reader <folder> <url>...");
    return 1;
  }
  *(void **)&make_hash = from(library, "EVP_MD_CTX_new");
  *(void **)&sha256 = from(library, "EVP_sha256");
  *(void **)&begin_hash = from(library, "EVP_DigestInit_ex");
  *(void **)&add_hash = from(library, "EVP_DigestUpdate");
  *(void **)&end_hash = from(library, "EVP_DigestFinal_ex");
  folder = words[1];
  int cameras = count - 2, waiting = epoll_create1(0);
  struct camera *all = calloc((size_t)cameras, sizeof *all);
  for (int i = 0; i < cameras; i++) {
    all[i].hash = make_hash();
    begin(&all[i], words[i + 2]);
    open_file(&all[i], i, all[i].spoke = time(NULL));
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = (unsigned)i};
    epoll_ctl(waiting, EPOLL_CTL_ADD, all[i].socket, &event);
  }
  printf("recording\n");
  fflush(stdout);
  for (;;) {
    struct epoll_event events[64];
    int found = epoll_wait(waiting, events, 64, -1);
    time_t now = time(NULL);
    for (int e = 0; e < found; e++) {
      struct camera *camera = &all[events[e].data.u32];
      ssize_t length = read(camera->socket, buffer, BUFFER);
      if (length == 0) return 2;
      if (length < 0) continue;
      add_hash(camera->hash, buffer, (size_t)length);
      if (write(camera->file, buffer, (size_t)length) != length) die("write");
      if (now - camera->began >= FILE_SECONDS) open_file(camera, (int)events[e].data.u32, now);
      if (now - camera->spoke < ALIVE_SECONDS) continue;
      char request[512];
      snprintf(request, sizeof request, "OPTIONS %s RTSP/1.0\r\nCSeq: %d\r\nSession: %s\r\n\r\n", camera->url, ++camera->sequence, camera->session);
      send_all(camera->socket, request); /* the answer lies among the data and is kept with it */
      camera->spoke = now;
    }
  }
}
