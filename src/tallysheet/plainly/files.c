/* What a folder of records holds, and what the file system says of many files at once: listing.py and stamps.py.
 *
 * Not on Windows, which opens nothing by the descriptor of its folder; there Python does all of it.
 */
#include "plainly.h"

#ifndef MS_WINDOWS

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#if defined(__APPLE__)
#define CHANGED(seen) ((seen).st_ctimespec)
#define TOUCHED(seen) ((seen).st_mtimespec)
#else
#define CHANGED(seen) ((seen).st_ctim)
#define TOUCHED(seen) ((seen).st_mtim)
#endif

enum { DIGITS = 16, STAMP = 4 * DIGITS, SECOND = 1000000000 };

static void write_number(char *to, unsigned long long number)
{
    for (int at = DIGITS - 1; at >= 0; at--, number >>= 4) {
        to[at] = "0123456789abcdef"[number & 15];
    }
}

/* A file may bear a time of the year 2400, which is more nanoseconds than a number here holds. */
static int is_before(struct timespec time, long long settled)
{
    long long seconds = settled / SECOND, rest = settled % SECOND;
    if (rest < 0) {
        seconds--;
        rest += SECOND;
    }
    return time.tv_sec < seconds || (time.tv_sec == seconds && time.tv_nsec < rest);
}

/* Nanoseconds, without what goes beyond sixteen digits. */
static unsigned long long nanoseconds(struct timespec time)
{
    return (unsigned long long)time.tv_sec * SECOND + (unsigned long long)time.tv_nsec;
}

static void write_stamp(char *to, int folder, const char *name, long long settled)
{
    struct stat seen;
    if (fstatat(folder, name, &seen, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(seen.st_mode)) {
        if (is_before(CHANGED(seen), settled) && is_before(TOUCHED(seen), settled)) {
            write_number(to, (unsigned long long)seen.st_ino);
            write_number(to + DIGITS, (unsigned long long)seen.st_size);
            write_number(to + 2 * DIGITS, nanoseconds(TOUCHED(seen)));
            write_number(to + 3 * DIGITS, nanoseconds(CHANGED(seen)));
            return;
        }
    }
    memset(to, '0', STAMP);
}

/* The text of a name, NULL where it may be called otherwise by the file system; no exception is set then. */
static const char *plain_text(PyObject *name)
{
    Py_ssize_t length = 0;
    const char *text = PyUnicode_Check(name) ? PyUnicode_AsUTF8AndSize(name, &length) : NULL;
    if (text == NULL) {
        PyErr_Clear();
        return NULL;
    }
    return length == PyUnicode_GetLength(name) && (Py_ssize_t)strlen(text) == length ? text : NULL;
}

PyObject *stamped(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    if (!takes("stamped", 3, count)) {
        return NULL;
    }
    int folder = PyObject_AsFileDescriptor(arguments[0]);
    if (folder < 0) {
        return NULL;
    }
    long long settled = PyLong_AsLongLong(arguments[2]);
    if (settled == -1 && PyErr_Occurred()) {
        return NULL;
    }
    if (!PyList_Check(arguments[1])) {
        PyErr_SetString(PyExc_TypeError, "stamped takes a list of names");
        return NULL;
    }
    Py_ssize_t length = PyList_Size(arguments[1]);
    char *found = PyMem_Malloc((size_t)length * STAMP + 1);
    if (found == NULL) {
        return PyErr_NoMemory();
    }
    for (Py_ssize_t at = 0; at < length; at++) {
        const char *name = plain_text(PyList_GetItem(arguments[1], at));
        if (name == NULL) {
            PyMem_Free(found);
            Py_RETURN_NONE;
        }
        write_stamp(found + at * STAMP, folder, name, settled);
    }
    PyObject *text = PyUnicode_FromStringAndSize(found, length * STAMP);
    PyMem_Free(found);
    return text;
}

#ifdef DT_REG

/* Files that may stand beside records. */
static int is_companion(const char *name, int is_yaml)
{
    return !strcmp(name, "README.md") || !strcmp(name, "LICENSE") || (*name == '.' && !is_yaml);
}

static int is_name(const char *name)
{
    const char *letters = "abcdefghijklmnopqrstuvwxyz0123456789._-";
    return *name != '\0' && strchr("._-", *name) == NULL && name[strspn(name, letters)] == '\0';
}

/* What `entry` adds to records or folders; 0: it is not plain. -1: an exception is set. */
static int enter(const struct dirent *entry, const char *below, size_t prefix, PyObject *records, PyObject *folders)
{
    size_t length = strlen(entry->d_name);
    int record = length >= 5 && strcasecmp(entry->d_name + length - 5, ".yaml") == 0;
    if (!is_name(entry->d_name) || entry->d_type != (record ? DT_REG : DT_DIR)) {
        return entry->d_type == DT_REG && is_companion(entry->d_name, record);
    }
    char path[4096];
    if (prefix + length >= sizeof path) {
        return 0;
    }
    memcpy(path, below, prefix);
    memcpy(path + prefix, entry->d_name, length);
    PyObject *text = PyUnicode_FromStringAndSize(path, (Py_ssize_t)(prefix + length));
    int failed = text == NULL || PyList_Append(record ? records : folders, text) < 0;
    Py_XDECREF(text);
    return failed ? -1 : 1;
}

static PyObject *list_open(DIR *open, const char *below, size_t prefix)
{
    PyObject *records = PyList_New(0), *folders = PyList_New(0), *found = NULL;
    int plain = records == NULL || folders == NULL ? -1 : 1;
    const struct dirent *entry;
    while (plain == 1) {
        errno = 0;
        if ((entry = readdir(open)) == NULL) {
            plain = errno == 0;
            break;
        }
        if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..")) {
            plain = enter(entry, below, prefix, records, folders);
        }
    }
    if (plain >= 0) {
        found = plain ? PyTuple_Pack(2, records, folders) : Py_NewRef(Py_None);
    }
    Py_XDECREF(records);
    Py_XDECREF(folders);
    return found;
}

PyObject *listed(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    if (!takes("listed", 2, count)) {
        return NULL;
    }
    Py_ssize_t prefix = 0;
    int folder = PyObject_AsFileDescriptor(arguments[0]);
    const char *below = folder < 0 ? NULL : PyUnicode_AsUTF8AndSize(arguments[1], &prefix);
    if (below == NULL) {
        return NULL;
    }
    int own = fcntl(folder, F_DUPFD_CLOEXEC, 0);
    DIR *open = own < 0 ? NULL : fdopendir(own);
    if (open == NULL) {
        if (own >= 0) {
            close(own);
        }
        Py_RETURN_NONE;
    }
    rewinddir(open);
    PyObject *found = list_open(open, below, (size_t)prefix);
    rewinddir(open);  /* its place is that of `folder`: who reads that next would find it empty */
    closedir(open);
    return found;
}

#endif
#endif
