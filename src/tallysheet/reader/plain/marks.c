/* Where keys and values stand, if that is asked for. */
#include "plain.h"

#define FIRST 512

int begin_mark(Reader *reader, int *mark)
{
    *mark = -1;
    if (!reader->is_marking) {
        return 1;
    }
    if (reader->marked == reader->most) {
        const int most = reader->most ? reader->most * 2 : FIRST; /* FILE_BYTES bounds it */
        int *marks = PyMem_Realloc(reader->marks, (size_t)most * 2 * sizeof *marks);
        if (marks == NULL) {
            PyErr_NoMemory();
            return 0;
        }
        reader->marks = marks;
        reader->most = most;
    }
    *mark = reader->marked++;
    reader->marks[*mark * 2] = reader->marks[*mark * 2 + 1] = (int)(reader->at - reader->data);
    return 1;
}

void end_mark(Reader *reader, int mark)
{
    if (mark >= 0) {
        reader->marks[mark * 2 + 1] = (int)(reader->at - reader->data);
    }
}
