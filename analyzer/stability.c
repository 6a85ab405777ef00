/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stability.h"

#include "check/stable.h"
#include "load.h"
#include "reach/reach.h"

static const char *const verdicts[] = {
    [STABLE_NOT_ABSTRACT] = "it is abstract, and nothing below it is in a "
                            "versioned machine type",
    [STABLE_NOT_FREE] = "upstream changes CXL devices freely",
    [STABLE_NOT_MIGRATABLE] = "it is unmigratable, as it or an ancestor says",
    [STABLE_NOT_BOARDS] = "no versioned machine type can have it",
    [STABLE_NOT_KNOWN] = "nothing says that a versioned machine type has it",
    [STABLE_BOARDS] = "versioned machine types have it",
    [STABLE_LIKELY] = "the tree does not say which machine types have it, and "
                      "versioned ones may",
};

void stability_describe(const struct facts *facts, struct source *source,
                        const struct qom_type *type,
                        struct stability_report *ret)
{
    struct side *side = side_new(facts);
    enum stability stability = device_stability(side, type);

    ret->stable = stability >= STABLE_BOARDS;
    ret->verdict = verdicts[stability];
    ret->reasons = g_ptr_array_new_with_free_func(g_free);
    if (source && stability == STABLE_BOARDS) {
        struct reach_tree tree = loader_tree(source);

        reach_explain(facts, &tree, type, ret->reasons);
    }
    side_free(side);
}

void stability_clear(struct stability_report *report)
{
    g_clear_pointer(&report->reasons, g_ptr_array_unref);
}
