/*
 * Loaded in front of the C library (LD_PRELOAD): lets calls of a process fail, on files below a folder.
 *
 *   FAIL_BELOW  the folder (with its real path)
 *   FAIL_LOG    a file that gets the letter of each such call, in capitals if it failed
 *   FAIL_CALLS  which ones fail from the start, as the arguments of fail_calls with commas between; unset: none
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static char wanted;
static long first, count;
static int error_number;
static long calls;
static int log_file = -1;

/*
 * From now on: which call fails (a letter, 0: none), the first one that does, counted from 1 and from now, how many,
 * and with which error number; 0: a write that stores half of its bytes. The log is opened anew.
 */
void fail_calls(char letter, long from, long how_many, int error)
{
    wanted = letter;
    first = from;
    count = how_many;
    error_number = error;
    calls = 0;
    if (log_file >= 0)
        syscall(SYS_close, log_file);
    log_file = -1;
}

static int is_below(const char *path)
{
    const char *folder = getenv("FAIL_BELOW");
    size_t length = folder ? strlen(folder) : 0;
    return length > 0 && strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == 0);
}

static int is_ours(int file)
{
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0)
        return 0;
    path[length] = 0;
    return is_below(path);
}

static void note(char letter)
{
    if (log_file < 0 && getenv("FAIL_LOG"))
        log_file = syscall(SYS_openat, AT_FDCWD, getenv("FAIL_LOG"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (log_file >= 0)
        syscall(SYS_write, log_file, &letter, 1);
}

/* Whether this call is to fail; errno is left alone otherwise. */
static int fails(char letter, int ours)
{
    int before = errno;
    if (!ours)
    {
        errno = before;
        return 0;
    }
    int failing = 0;
    if (wanted == letter)
    {
        long call = __atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST);
        failing = call >= first && call < first + count;
    }
    note(failing ? toupper(letter) : letter);
    errno = failing ? error_number : before;
    return failing;
}

__attribute__((constructor)) static void fail_from_the_start(void)
{
    const char *calls_text = getenv("FAIL_CALLS");
    char letter;
    long from, how_many;
    int error;
    if (calls_text && sscanf(calls_text, "%c,%ld,%ld,%d", &letter, &from, &how_many, &error) == 4)
        fail_calls(letter, from, how_many, error);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

int fsync(int file)
{
    return fails('f', is_ours(file)) ? -1 : REAL(fsync)(file);
}

/* The descriptor is gone all the same, as the system does it. */
int close(int file)
{
    int ours = is_ours(file);
    int failing = fails('c', ours);
    int error = errno;
    int result = REAL(close)(file);
    if (failing)
        errno = error;
    return failing ? -1 : result;
}

int rename(const char *path, const char *to)
{
    return fails('r', is_below(path)) ? -1 : REAL(rename)(path, to);
}

int ftruncate(int file, off_t length)
{
    return fails('t', is_ours(file)) ? -1 : REAL(ftruncate)(file, length);
}

int ftruncate64(int file, off64_t length)
{
    return fails('t', is_ours(file)) ? -1 : REAL(ftruncate64)(file, length);
}

static ssize_t write_at(int file, const void *bytes, size_t count, off64_t offset)
{
    if (fails('w', is_ours(file)))
    {
        if (errno != 0 || count < 2)
            return errno != 0 ? -1 : REAL(pwrite64)(file, bytes, count, offset);
        count /= 2;
    }
    return REAL(pwrite64)(file, bytes, count, offset);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset)
{
    return write_at(file, bytes, count, offset);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset)
{
    return write_at(file, bytes, count, offset);
}

ssize_t pread(int file, void *bytes, size_t count, off_t offset)
{
    return fails('p', is_ours(file)) ? -1 : REAL(pread)(file, bytes, count, offset);
}

ssize_t pread64(int file, void *bytes, size_t count, off64_t offset)
{
    return fails('p', is_ours(file)) ? -1 : REAL(pread64)(file, bytes, count, offset);
}

int flock(int file, int operation)
{
    return fails('l', is_ours(file)) ? -1 : REAL(flock)(file, operation);
}

int fallocate(int file, int mode, off_t offset, off_t length)
{
    return fails('a', is_ours(file)) ? -1 : REAL(fallocate)(file, mode, offset, length);
}

int unlink(const char *path)
{
    return fails('u', is_below(path)) ? -1 : REAL(unlink)(path);
}

int mkdir(const char *path, mode_t mode)
{
    return fails('m', is_below(path)) ? -1 : REAL(mkdir)(path, mode);
}
