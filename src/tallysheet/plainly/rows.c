/* What rules ask of the groups and results of a record as a whole: rows.py, where it says what these are. */
#include "rows.h"

int is_same(PyObject *one, PyObject *other)
{
    int same = one == other ? 1 : PyObject_RichCompareBool(one, other, Py_EQ);
    if (same < 0) {
        PyErr_Clear();
    }
    return same == 1;
}

static PyObject *field(const Table *table, PyObject *mapping, int name)
{
    PyObject *found = get(table->module, mapping, name);
    return found != NULL ? found : Py_None;
}

/* Enter a row; what is no plain count of a plain total leaves the sums to Python. */
static Row *enter_row(Table *table, PyObject *result, PyObject *proportion, PyObject *events, PyObject *total)
{
    Row *row = &table->row[table->rows++];
    row->group = field(table, result, GROUP);
    row->what[WHAT_OUTCOME] = field(table, result, OUTCOME);
    row->what[WHAT_LABEL] = field(table, result, LABEL);
    row->what[WHAT_TIME] = field(table, result, TIME);
    row->what[WHAT_BASIS] = field(table, proportion, BASIS);
    row->least = row->hash = 0;
    for (int part = 0; part < WHATS; part++) {
        Py_hash_t hash = PyObject_Hash(row->what[part]);
        if (hash == -1) {
            PyErr_Clear();
            table->plain = 0;
        }
        row->hash = (Py_hash_t)((size_t)row->hash * 31u + (size_t)hash);
    }
    table->plain &= read_count(total, &row->total) && (events == Py_None || read_count(events, &row->least));
    row->most = row->least;
    row->is_first = 1;
    for (int index = 0; row->is_first && index < table->rows - 1; index++) {
        const Row *other = &table->row[index];
        int twins = other->hash == row->hash && is_same(other->group, row->group);
        for (int part = 0; twins && part < WHATS; part++) {
            twins = is_same(other->what[part], row->what[part]);
        }
        row->is_first = !twins;
    }
    return row;
}

/* See that equal fractions are printed alike: they are equal as floats, too. */
static void compare_digits(Table *table, const Figures *figures)
{
    Fraction one = {(double)figures->events / (double)figures->total, figures->unit, figures->digits};
    for (int index = 0; index < table->fractions; index++) {
        const Fraction *other = &table->fraction[index];
        table->alike &= one.share != other->share || one.unit != other->unit || one.digits == other->digits;
    }
    table->fraction[table->fractions++] = one;
}

static void enter_proportion(Table *table, PyObject *result, PyObject *proportion, int comma)
{
    PyObject *events = field(table, proportion, EVENTS), *total = field(table, proportion, TOTAL);
    PyObject *percent = field(table, proportion, PERCENT);
    Figures figures;
    int agreed = percent != Py_None && do_agree(events, total, percent, comma, &figures);
    if (agreed) {
        compare_digits(table, &figures);
    }
    if (total == Py_None || get(table->module, proportion, METHOD) != NULL) {
        return;
    }
    Row *row = enter_row(table, result, proportion, events, total);
    if (events == Py_None) {
        table->counted &= percent != Py_None && find_counts(total, percent, comma, &row->least, &row->most);
    } else if (!agreed && (percent != Py_None || PyObject_RichCompareBool(events, total, Py_LE) != 1)) {
        table->counted = 0;
        PyErr_Clear();
    }
}

/* What a result has under a name if it is a mapping, NULL else; other values are not plain. */
static PyObject *block(Table *table, PyObject *result, int name)
{
    PyObject *found = get(table->module, result, name);
    if (found != NULL && !PyDict_CheckExact(found)) {
        table->whole = table->plain = 0;
        return NULL;
    }
    return found;
}

static int is_at_most(PyObject *number, PyObject *size)
{
    int holds = number == NULL ? 1 : PyObject_RichCompareBool(number, size, Py_LE);
    if (holds < 0) {
        PyErr_Clear();
    }
    return holds == 1;
}

/* Look up the group of a result, and whether the result speaks of all of it. */
static int look_up(Table *table, PyObject *result, PyObject *proportion, PyObject *estimate, PyObject *survival)
{
    PyObject *group = get(table->module, result, GROUP), *other = get(table->module, result, COMPARED_WITH);
    if (group == NULL) {
        PyErr_SetString(PyExc_KeyError, "group");
        return -1;
    }
    PyObject *size = PyDict_GetItemWithError(table->sizes, group);
    if (size == NULL || (other != NULL && PyDict_GetItemWithError(table->sizes, other) == NULL)) {
        table->named = 0;
    }
    if (PyErr_Occurred()) {
        return -1;
    }
    if (size != NULL && proportion != NULL) {
        PyObject *total = get(table->module, proportion, TOTAL);
        table->whole &= (total == NULL || is_same(total, size)) && get(table->module, proportion, BASIS) == NULL;
    }
    if (size != NULL) {
        table->whole &= (estimate == NULL || is_at_most(get(table->module, estimate, N), size)) &&
                        (survival == NULL || is_at_most(get(table->module, survival, TOTAL), size));
    }
    return 0;
}

static int enter_result(Table *table, PyObject *result, int comma)
{
    if (!PyDict_CheckExact(result)) {
        PyErr_SetString(PyExc_TypeError, "a result is a mapping");
        return -1;
    }
    PyObject *proportion = block(table, result, PROPORTION), *estimate = block(table, result, ESTIMATE);
    PyObject *survival = block(table, result, SURVIVAL);
    table->ranges += estimate != NULL && get(table->module, estimate, RANGE) != NULL;
    table->curves += survival != NULL;
    if (look_up(table, result, proportion, estimate, survival) < 0) {
        return -1;
    }
    if (proportion != NULL) {
        enter_proportion(table, result, proportion, comma);
    }
    return 0;
}

/* Enter how many patients a group has; of two with one id the first counts. */
static int enter_group(Table *table, PyObject *group)
{
    int is_mapping = PyDict_CheckExact(group);
    PyObject *name = is_mapping ? get(table->module, group, ID) : NULL;
    PyObject *size = is_mapping ? get(table->module, group, N) : NULL;
    if (name == NULL || size == NULL) {
        PyErr_SetString(PyExc_KeyError, name == NULL ? "id" : "n");
        return -1;
    }
    int known = PyDict_Contains(table->sizes, name);
    table->named &= known == 0;
    return known ? -(known < 0) : PyDict_SetItem(table->sizes, name, size);
}

static PyObject *parts_of(Table *table, PyObject *breakdowns)
{
    long added = -1;
    int settled = 0;
    if (table->plain) {
        add_up(table, breakdowns, &added, &settled);
    }
    PyObject *sum = added < 0 ? Py_NewRef(Py_None) : PyLong_FromLong(added);
    return Py_BuildValue("ONNNllNN", table->sizes, PyBool_FromLong(table->named), PyBool_FromLong(table->whole),
                         PyBool_FromLong(table->alike), table->ranges, table->curves, sum, PyBool_FromLong(settled));
}

PyObject *lay_out(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    if (!takes("lay_out", 4, count)) {
        return NULL;
    }
    PyObject *groups = arguments[0], *results = arguments[1];
    if (!PyList_CheckExact(groups) || !PyList_CheckExact(results) || !PyList_CheckExact(arguments[2]) ||
        PyList_Size(results) > SHORT) {
        PyErr_SetString(PyExc_TypeError, "lay_out takes a list of groups, a short one of results, one of breakdowns");
        return NULL;
    }
    Table table;
    table.module = module;
    table.named = table.whole = table.alike = table.counted = table.plain = 1;
    table.ranges = table.curves = table.rows = table.fractions = 0;
    table.sizes = PyDict_New();
    int failed = table.sizes == NULL;
    for (Py_ssize_t index = 0; !failed && index < PyList_Size(groups); index++) {
        failed = enter_group(&table, PyList_GetItem(groups, index)) < 0;
    }
    for (Py_ssize_t index = 0; !failed && index < PyList_Size(results); index++) {
        failed = enter_result(&table, PyList_GetItem(results, index), arguments[3] == Py_True) < 0;
    }
    PyObject *parts = failed ? NULL : parts_of(&table, arguments[2]);
    Py_XDECREF(table.sizes);
    return parts;
}
