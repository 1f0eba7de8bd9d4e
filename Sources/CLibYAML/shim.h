// libyaml's event parser. Its events are unions; the parts that are read have one typed function each.
#ifndef MASKER_CLIBYAML_SHIM_H
#define MASKER_CLIBYAML_SHIM_H

#include <stdlib.h>
#include <yaml.h>

// The parser points at itself, so it must not move. Null when memory is short. It keeps pointing at the input.
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
