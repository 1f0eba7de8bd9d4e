// What callgrind is told by the program that it counts the instructions of. Without callgrind none of this does anything.
#ifndef COUNTING_H
#define COUNTING_H

// Before this nothing is looked at, and the program runs faster.
void counting_prepare(void);

// Begins to count, or stops.
void counting_toggle(void);

// Writes down what was counted since the last time, in a file of its own.
void counting_note(void);

#endif
