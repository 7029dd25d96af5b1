#ifndef MORTAL_H
#define MORTAL_H

// Nothing to call: preloaded into a program, it kills that program at a step of its journal, or fills its disk. See
// Mortal.c.

#endif
