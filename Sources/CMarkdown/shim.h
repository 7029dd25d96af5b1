// cmark-gfm with its extensions for Swift. The types of the nodes that extensions bring are known by their names alone:
// their numbers are given when the extensions are registered, and no header has them.

#ifndef CMARKDOWN_SHIM_H
#define CMARKDOWN_SHIM_H

#include <string.h>
#include <cmark-gfm.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm-core-extensions.h>

static inline int cmarkdown_is(cmark_node *node, const char *type) {
    const char *name = cmark_node_get_type_string(node);
    return name && strcmp(name, type) == 0;
}

static inline int cmarkdown_is_table(cmark_node *node) { return cmarkdown_is(node, "table"); }
static inline int cmarkdown_is_strikethrough(cmark_node *node) { return cmarkdown_is(node, "strikethrough"); }
static inline int cmarkdown_is_task(cmark_node *item) { return cmarkdown_is(item, "tasklist"); }

#endif
