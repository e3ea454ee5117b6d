/* What the parts of the smoke test share. */
#ifndef GMMNATIVE_SMOKE_H
#define GMMNATIVE_SMOKE_H

/* The address of an exported function; ends the test when there is none. */
void *smoke_find(const char *name);

/* Ends the test with a message. */
_Noreturn void smoke_fail(const char *format, ...);

/* Compares the routines of one precision with plain loops. */
void smoke_routines_double(void);
void smoke_routines_single(void);

/* Repeats one product many times; returns how many results differed by a bit from the first. */
int smoke_repeat_products_double(int times);

#endif
