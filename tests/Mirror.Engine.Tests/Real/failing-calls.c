/*
 * Loaded in front of the C library (LD_PRELOAD): lets one call of a process fail, on files below a folder.
 *
 *   FAIL_BELOW  the folder (with its real path)
 *   FAIL_CALL   which call: a letter of the table below
 *   FAIL_FROM   the first one that fails, counted from 1; 0: none
 *   FAIL_COUNT  how many fail
 *   FAIL_ERROR  the error number; 0: a write that stores half of its bytes
 *   FAIL_LOG    a file that gets the letter of each such call, in capitals if it failed
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

static long number(const char *variable)
{
    const char *text = getenv(variable);
    return text ? atol(text) : 0;
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
    static int file = -1;
    if (file < 0 && getenv("FAIL_LOG"))
        file = syscall(SYS_openat, AT_FDCWD, getenv("FAIL_LOG"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (file >= 0)
        syscall(SYS_write, file, &letter, 1);
}

/* Whether this call is to fail; errno is left alone otherwise. */
static int fails(char letter, int ours)
{
    static long calls;
    int before = errno;
    if (!ours)
    {
        errno = before;
        return 0;
    }
    int failing = 0;
    const char *wanted = getenv("FAIL_CALL");
    if (wanted && wanted[0] == letter && number("FAIL_FROM") > 0)
    {
        long call = __atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST);
        failing = call >= number("FAIL_FROM") && call < number("FAIL_FROM") + number("FAIL_COUNT");
    }
    note(failing ? toupper(letter) : letter);
    errno = failing ? (int)number("FAIL_ERROR") : before;
    return failing;
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
