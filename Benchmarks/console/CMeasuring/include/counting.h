// Requests to callgrind from the program whose instructions it counts. Without callgrind they do nothing.
#ifndef COUNTING_H
#define COUNTING_H

// Starts the instrumentation. Until then the program runs faster, and nothing can be counted.
void counting_prepare(void);

// Starts or stops counting.
void counting_toggle(void);

// Writes the count since the last call into a new file.
void counting_note(void);

#endif
