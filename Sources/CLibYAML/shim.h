// libyaml's event parser. Its events are unions, so each part that the console reads has one typed function.
#ifndef MASKER_CLIBYAML_SHIM_H
#define MASKER_CLIBYAML_SHIM_H

#include <stdlib.h>
#include <yaml.h>

// Creates a parser on the heap, because it contains pointers to itself and must not move. Returns null when there is not enough
// memory. The parser does not copy the input: it must stay valid until masker_yaml_close.
static inline yaml_parser_t *masker_yaml_open(const unsigned char *input, size_t size) {
    yaml_parser_t *parser = calloc(1, sizeof *parser);
    if (parser == NULL) return NULL;
    if (!yaml_parser_initialize(parser)) {
        free(parser);
        return NULL;
    }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(parser, input, size);
    return parser;
}

static inline void masker_yaml_close(yaml_parser_t *parser) {
    yaml_parser_delete(parser);
    free(parser);
}

static inline const unsigned char *masker_yaml_scalar(const yaml_event_t *event) { return event->data.scalar.value; }
static inline size_t masker_yaml_scalar_length(const yaml_event_t *event) { return event->data.scalar.length; }

#endif
