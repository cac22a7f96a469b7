/* Whether a quote plainly carries the figures beside it: validators/quote.py, where it says what carrying is. */
#include "plainly.h"

#include <string.h>

#define NUMBERS 24
#define MOST 3

typedef struct {
    PyObject *module;
    const char *text;
    int comma;       /* whether the publication prints decimal commas */
    int count;       /* of the numbers in it */
    int figures;     /* that were looked for in it */
    const char *numbers[NUMBERS];
    Py_ssize_t lengths[NUMBERS];
    int thousands[NUMBERS];  /* whether a number is written with commas between its thousands */
} Quote;

static int is_digit(char character)
{
    return '0' <= character && character <= '9';
}

static int is_letter(char character)
{
    return ('a' <= character && character <= 'z') || ('A' <= character && character <= 'Z');
}

/* A raised point or a thin space may stand within a number: then Python reads it. A text ends with a zero byte. */
static int is_mark(const char *at)
{
    return strncmp(at, "\xc2\xb7", 2) == 0 || strncmp(at, "\xe2\x80\x89", 3) == 0 ||
           strncmp(at, "\xe2\x80\xaf", 3) == 0;
}

/* The end of a number: digits, and points or commas between them. */
static const char *end_of_number(const char *at)
{
    while (is_digit(*at) || ((*at == '.' || *at == ',') && is_digit(at[1]))) {
        at++;
    }
    return at;
}

static int is_in_thousands(const char *at, const char *end)
{
    const char *first = at;
    while (at < end && is_digit(*at)) {
        at++;
    }
    if (at == end || at - first > 3) {
        return 0;
    }
    for (; at < end; at += 4) {
        if (end - at < 4 || *at != ',' || !is_digit(at[1]) || !is_digit(at[2]) || !is_digit(at[3])) {
            return 0;
        }
    }
    return 1;
}

static int add_number(Quote *quote, const char *start, const char *end, int thousands)
{
    if (quote->count == NUMBERS) {
        return 0;
    }
    quote->numbers[quote->count] = start;
    quote->thousands[quote->count] = thousands;
    quote->lengths[quote->count++] = end - start;
    return 1;
}

/* Enter a number as it is written, and what else it may be: two numbers, as the quartiles in (7,12). */
static int read_number(Quote *quote, const char *start, const char *end)
{
    const char *comma = memchr(start, ',', (size_t)(end - start));
    int thousands = comma != NULL && is_in_thousands(start, end);
    if (!add_number(quote, start, end, thousands)) {
        return 0;
    }
    if (comma == NULL || thousands || quote->comma) {
        return 1;
    }
    for (; comma != NULL; comma = memchr(start, ',', (size_t)(end - start))) {
        if (!add_number(quote, start, comma, 0)) {
            return 0;
        }
        start = comma + 1;
    }
    return add_number(quote, start, end, 0);
}

/* The numbers in words that validators/quote.py understands; the tens are enough of twenty-one. No other letter becomes
 * one of theirs as a small letter. */
static const char *const WORDS[] = {
    "no",       "none",    "nobody",  "zero",     "one",     "two",       "three",    "four",     "five",   "six",
    "seven",    "eight",   "nine",    "ten",      "eleven",  "twelve",    "thirteen", "fourteen", "fifteen", "sixteen",
    "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty",     "fifty",    "sixty",    "seventy", "eighty",
    "ninety",
};

static int is_number_word(const char *at, Py_ssize_t length)
{
    char lower[12];
    if (length < 2 || length > 9 || strchr("nzotfseNZOTFSE", *at) == NULL) {
        return 0;
    }
    for (Py_ssize_t index = 0; index < length; index++) {
        lower[index] = (char)(at[index] | 0x20);
    }
    lower[length] = '\0';
    for (size_t index = 0; index < sizeof WORDS / sizeof *WORDS; index++) {
        if (strcmp(lower, WORDS[index]) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Find the numbers of the owner's quote; 0 where it has none that is plain. */
static int read_quote(PyObject *module, PyObject *owner, int comma, Quote *quote)
{
    PyObject *source = PyDict_CheckExact(owner) ? get(module, owner, SOURCE) : NULL;
    PyObject *text = source != NULL && PyDict_CheckExact(source) ? get(module, source, QUOTE) : NULL;
    if (text == NULL || !PyUnicode_CheckExact(text)) {
        return 0;
    }
    quote->module = module;
    quote->comma = comma;
    Py_ssize_t bytes;
    quote->text = PyUnicode_AsUTF8AndSize(text, &bytes);
    if (quote->text == NULL) {
        PyErr_Clear();  /* half a pair of surrogates: not plain */
        return 0;
    }
    const char *at = quote->text, *end = at + bytes;
    quote->count = quote->figures = 0;
    while (at < end) {
        const char *start = at;
        if (is_digit(*at)) {
            at = end_of_number(at);
            if (!read_number(quote, start, at)) {
                return 0;
            }
        } else if (is_letter(*at)) {
            while (is_letter(*at)) {
                at++;
            }
            if (is_number_word(start, at - start)) {
                return 0;
            }
        } else if (*at == '\0' || (*at & 0x80 && is_mark(at))) {
            return 0;
        } else {
            at++;
        }
    }
    return 1;
}

/* Tell whether a number without commas is one that is written with them. */
static int is_without_commas(const char *number, Py_ssize_t length, const char *text, Py_ssize_t digits)
{
    for (Py_ssize_t index = 0; index < length; index++) {
        if (number[index] != ',' && (digits-- <= 0 || number[index] != *text++)) {
            return 0;
        }
    }
    return digits == 0;
}

static int has_number(const Quote *quote, const char *text, Py_ssize_t length)
{
    for (int index = 0; index < quote->count; index++) {
        const char *number = quote->numbers[index];
        if ((quote->lengths[index] == length && memcmp(number, text, (size_t)length) == 0) ||
            (quote->thousands[index] && is_without_commas(number, quote->lengths[index], text, length))) {
            return 1;
        }
    }
    return 0;
}

#define DIGITS 10

/* Write a count so that its digits end at `text + DIGITS`; their number, 0 where it is not plain. */
static int write_count(PyObject *value, char text[DIGITS])
{
    long long count;
    int length = 0;
    if (!read_count(value, &count)) {
        return 0;
    }
    do {
        text[DIGITS - ++length] = (char)('0' + count % 10);
        count /= 10;
    } while (count > 0);
    return length;
}

/* Tell whether the quote has a figure; what is none needs not be in it. */
static int has_figure(Quote *quote, PyObject *value)
{
    char count[DIGITS];
    if (PyLong_CheckExact(value)) {
        int length = write_count(value, count);
        quote->figures++;
        return length > 0 && has_number(quote, count + DIGITS - length, length);
    }
    if (!PyUnicode_CheckExact(value)) {
        return 1;
    }
    Py_ssize_t length;
    const char *text = PyUnicode_AsUTF8AndSize(value, &length);
    if (text == NULL) {
        PyErr_Clear();
        return 0;
    }
    int found = 1, is_figure = 0;
    for (const char *at = text, *end = text + length; found && at < end;) {
        const char *start = at;
        if (!is_digit(*at)) {
            found = *at != '\0' && !(*at & 0x80 && is_mark(at));
            at++;
            continue;
        }
        at = end_of_number(at);
        found = has_number(quote, start, at - start);
        is_figure = 1;
    }
    quote->figures += is_figure;
    return found;
}

/* Tell whether the quote carries not too many other numbers. */
static int is_fragment(const Quote *quote)
{
    int count = 0;
    for (int index = 0; index < quote->count; index++) {
        count += 1 + quote->thousands[index];
    }
    return count <= MOST * quote->figures + MOST;
}

PyObject *carries(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    Quote quote;
    if (!takes("carries", 3, count)) {
        return NULL;
    }
    if (!PyList_CheckExact(arguments[1]) || !read_quote(module, arguments[0], arguments[2] == Py_True, &quote)) {
        Py_RETURN_FALSE;
    }
    for (Py_ssize_t index = 0, length = PyList_Size(arguments[1]); index < length; index++) {
        PyObject *figure = PyList_GetItem(arguments[1], index);
        if (!PyLong_CheckExact(figure) || !has_figure(&quote, figure)) {
            Py_RETURN_FALSE;
        }
    }
    return PyBool_FromLong(is_fragment(&quote));
}

static int is_named(PyObject *name, const char *text)
{
    return PyUnicode_CompareWithASCIIString(name, text) == 0;
}

/* 1: the quote has all figures of a block; 0: not known; -1: an exception is set. */
static int has_figures_of(Quote *quote, PyObject *block, PyObject *size, PyObject *skipped)
{
    PyObject *name, *value;
    Py_ssize_t at = 0;
    int found = 1;
    if (Py_EnterRecursiveCall(" in a block")) {
        return -1;
    }
    while (found == 1 && PyDict_Next(block, &at, &name, &value)) {
        if (!PyUnicode_CheckExact(name)) {
            found = 0;
        } else if (PyDict_CheckExact(value)) {
            found = is_named(name, "source") ? 1 : has_figures_of(quote, value, size, skipped);
        } else if ((is_named(name, "total") || is_named(name, "n")) && get(quote->module, block, BASIS) == NULL &&
                   is_same(value, size)) {
            continue;
        } else if (PyLong_CheckExact(value) || PyUnicode_CheckExact(value)) {
            int skip = PySet_Contains(skipped, name);
            found = skip != 0 ? skip : has_figure(quote, value);
        }
    }
    Py_LeaveRecursiveCall();
    return found;
}

/* Tell whether a count stands at `at`, and go behind it. */
static int passes_count(const char **at, PyObject *value)
{
    char count[DIGITS];
    int length = value == NULL ? 0 : write_count(value, count);
    if (length < 1 || length > 9 || strncmp(*at, count + DIGITS - length, length) != 0) {
        return 0;
    }
    *at += length;
    return !is_digit(**at);
}

/* Tell whether the quote may say "6 of 25" or "6/25" of anything. */
static int may_say_total(const char *at)
{
    for (; *at; at++) {
        if (*at == '/' || (*at == 'o' && at[1] == 'f')) {
            const char *next = at + 1 + (*at == 'o');
            next += *next == ' ';
            next += strncmp(next, "the ", 4) == 0 ? 4 : 0;
            if (is_digit(*next)) {
                return 1;
            }
        }
    }
    return 0;
}

/* Tell whether the quote begins with events and total, "6 of 25" or "6/25", or has no such thing at all. */
static int says_total(const Quote *quote, PyObject *proportion)
{
    PyObject *events = proportion == NULL ? NULL : get(quote->module, proportion, EVENTS);
    const char *at = quote->text;
    if (events == NULL || !may_say_total(at)) {
        return 1;
    }
    if (!passes_count(&at, events)) {
        return 0;
    }
    at += *at == ' ';
    if (*at != '/' && strncmp(at, "of", 2) != 0) {
        return 0;
    }
    at += *at == '/' ? 1 : 2;
    at += *at == ' ';
    return passes_count(&at, get(quote->module, proportion, TOTAL)) &&
           (strchr(" ;)", *at) != NULL || (*at == ',' && !is_digit(at[1])));
}

/* 1: a result's quote has all its figures, and says no other total; 0: not known; -1: an exception is set. */
static int result_carries(PyObject *module, PyObject *result, PyObject *size, PyObject *skipped, int comma)
{
    Quote quote;
    PyObject *name, *block;
    if (!PyDict_CheckExact(result) || !read_quote(module, result, comma, &quote)) {
        return 0;
    }
    Py_ssize_t at = 0;
    while (PyDict_Next(result, &at, &name, &block)) {
        if (!PyUnicode_CheckExact(name)) {
            return 0;
        }
        if (PyDict_CheckExact(block) && !is_named(name, "source")) {
            int found = has_figures_of(&quote, block, size, skipped);
            if (found != 1) {
                return found;
            }
        }
    }
    PyObject *proportion = get(module, result, PROPORTION);
    int plain = proportion == NULL || PyDict_CheckExact(proportion);
    return plain && is_fragment(&quote) && says_total(&quote, proportion);
}

static int is_set(PyObject *skipped)
{
    if (!PyAnySet_Check(skipped)) {
        PyErr_SetString(PyExc_TypeError, "the fields that are skipped are a set");
        return 0;
    }
    return 1;
}

PyObject *carries_result(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    if (!takes("carries_result", 4, count) || !is_set(arguments[2])) {
        return NULL;
    }
    int found = result_carries(module, arguments[0], arguments[1], arguments[2], arguments[3] == Py_True);
    return found < 0 ? NULL : PyBool_FromLong(found);
}

/* Tell whether a group's quote has its n and what became of its patients. */
static int group_carries(PyObject *module, PyObject *group, int comma)
{
    Quote quote;
    PyObject *name, *value;
    if (!PyDict_CheckExact(group) || !read_quote(module, group, comma, &quote)) {
        return 0;
    }
    PyObject *size = get(module, group, N), *boxes = get(module, group, DISPOSITION);
    if (size == NULL || !PyLong_CheckExact(size) || !has_figure(&quote, size)) {
        return 0;
    }
    Py_ssize_t at = 0;
    if (boxes != NULL && !PyDict_CheckExact(boxes)) {
        return 0;
    }
    while (boxes != NULL && PyDict_Next(boxes, &at, &name, &value)) {
        if (!PyLong_CheckExact(value) || !has_figure(&quote, value)) {
            return 0;
        }
    }
    return is_fragment(&quote);
}

PyObject *carries_all(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    if (!takes("carries_all", 5, count) || !is_set(arguments[3])) {
        return NULL;
    }
    PyObject *groups = arguments[0], *results = arguments[1], *sizes = arguments[2];
    if (!PyList_CheckExact(groups) || !PyList_CheckExact(results) || !PyDict_CheckExact(sizes)) {
        Py_RETURN_FALSE;
    }
    int found = 1, comma = arguments[4] == Py_True;
    for (Py_ssize_t index = 0; found == 1 && index < PyList_Size(groups); index++) {
        found = group_carries(module, PyList_GetItem(groups, index), comma);
    }
    for (Py_ssize_t index = 0; found == 1 && index < PyList_Size(results); index++) {
        PyObject *result = PyList_GetItem(results, index);
        PyObject *group = PyDict_CheckExact(result) ? get(module, result, GROUP) : NULL;
        PyObject *size = group == NULL ? NULL : PyDict_GetItemWithError(sizes, group);
        if (PyErr_Occurred()) {
            return NULL;
        }
        found = result_carries(module, result, size == NULL ? Py_None : size, arguments[3], comma);
    }
    return found < 0 ? NULL : PyBool_FromLong(found);
}
