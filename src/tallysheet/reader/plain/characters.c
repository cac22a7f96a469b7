/* Which characters are fine wherever they stand: characters.PLAIN and printable ASCII. A test compares the two. */
#include "plain.h"
#include <stdint.h>
#include <string.h>

typedef struct {
    unsigned int first, last;
} Range;

static const Range PLAIN[] = {
    {0xA1, 0xAC},     {0xAE, 0x2FF},    {0x388, 0x38A},   {0x38C, 0x38C},   {0x38E, 0x3A1},   {0x3A3, 0x3FF},
    {0x400, 0x482},   {0x48A, 0x52F},   {0x5D0, 0x5EA},   {0x621, 0x63A},   {0x641, 0x64A},   {0x1E00, 0x1EFF},
    {0x2010, 0x2027}, {0x2030, 0x205E}, {0x2070, 0x209C}, {0x20A0, 0x20C0}, {0x2100, 0x2125}, {0x2127, 0x2129},
    {0x212C, 0x218B}, {0x2190, 0x2328}, {0x232B, 0x27FF}, {0x2900, 0x2ADB}, {0x2ADD, 0x2BFF}, {0x3001, 0x3029},
    {0x3041, 0x3096}, {0x309B, 0x30FF}, {0x4E00, 0x9FFF}, {0xAC00, 0xD7A3}, {0xFF01, 0xFF60}, {0x1F300, 0x1FAFF},
};

static int is_plain(unsigned int point)
{
    for (size_t index = 0; index < sizeof PLAIN / sizeof PLAIN[0] && PLAIN[index].first <= point; index++) {
        if (point <= PLAIN[index].last) {
            return 1;
        }
    }
    return 0;
}

/* Return how many bytes the character takes that begins here if it is plain, else 0. */
static int plain_beyond_ascii(const unsigned char *at, const unsigned char *end)
{
    int bytes = *at >= 0xC2 && *at <= 0xDF ? 2 : *at >= 0xE0 && *at <= 0xEF ? 3 : *at >= 0xF0 && *at <= 0xF4 ? 4 : 0;
    if (!bytes || end - at < bytes) {
        return 0;
    }
    unsigned int point = *at & (0x7F >> bytes);
    for (int index = 1; index < bytes; index++) {
        if ((at[index] & 0xC0) != 0x80) {
            return 0;
        }
        point = point << 6 | (at[index] & 0x3F);
    }
    const unsigned int least = bytes == 2 ? 0x80 : bytes == 3 ? 0x800 : 0x10000;
    return point >= least && is_plain(point) ? bytes : 0;
}

/* Tell whether eight bytes are printable ASCII: none has its high bit set, is below a blank, or is DEL. */
static int is_printable(const unsigned char *at)
{
    const uint64_t each = UINT64_C(0x0101010101010101), high = each * 0x80;
    uint64_t bytes;
    memcpy(&bytes, at, sizeof bytes);
    const uint64_t no_del = bytes ^ each * 0x7F;
    return !((bytes | (bytes - each * ' ') | (no_del - each)) & high);
}

/* Tell whether all is printable ASCII, line feeds, and plain characters in UTF-8. */
int all_plain(const char *data, Py_ssize_t length)
{
    const unsigned char *at = (const unsigned char *)data, *end = at + length;
    while (at < end) {
        if (end - at >= (Py_ssize_t)sizeof(uint64_t) && is_printable(at)) {
            at += sizeof(uint64_t);
            continue;
        }
        if ((*at >= 0x20 && *at < 0x7F) || *at == '\n') {
            at++;
            continue;
        }
        int bytes = *at < 0x80 ? 0 : plain_beyond_ascii(at, end);
        if (!bytes) {
            return 0;
        }
        at += bytes;
    }
    return 1;
}
