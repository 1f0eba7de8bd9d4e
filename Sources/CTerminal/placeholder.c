void masker_placeholder(void) {}
