/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check/check.h"

#include "check/cpus.h"
#include "check/bodies.h"
#include "check/engine.h"
#include "check/fields.h"
#include "check/groups.h"
#include "check/streams.h"
#include "rules/rule.h"

static void entry_issue_free(struct entry_issue *issue)
{
    g_ptr_array_unref(issue->devices);
    g_ptr_array_unref(issue->machines);
    g_free(issue);
}

static void chain_issue_free(struct chain_issue *issue)
{
    g_ptr_array_unref(issue->machines);
    g_free(issue);
}

static void kind_change_free(struct kind_change *change)
{
    g_ptr_array_unref(change->devices);
    g_ptr_array_unref(change->machines);
    g_free(change);
}

/* The newest release that a tree can promise to: X.Y of its VERSION, which
 * names the last release, or the one under development from .50 on. */
static struct version released_version(const struct check_input *input)
{
    const struct facts *facts =
        input->released ? input->released : input->base;
    struct version version = input->released_version;

    if (version.major == 0 && facts && facts->revision.version) {
        version_parse(facts->revision.version, &version);
    }
    return version;
}

static void engine_init(struct engine *engine,
                        const struct check_input *input)
{
    const struct facts *released =
        input->released ? input->released : input->base;
    bool same = released == input->base;

    *engine = (struct engine){ .input = input };
    engine->released_version = released_version(input);
    engine->new = side_new(input->head);
    engine->old = released ? side_new(released) : NULL;
    if (input->base) {
        engine->prior = same ? engine->old : side_new(input->base);
    }
    engine->base = !same && input->subtract_base ? engine->prior : NULL;
    engine->pairs = g_array_new(FALSE, FALSE, sizeof(struct machine_pair));
    engine->dirty = g_hash_table_new(NULL, NULL);
    engine->added = g_hash_table_new(NULL, NULL);
    engine->groups = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                           NULL);
    engine->changes = (struct change_set){
        .released = released,
        .head = input->head,
        .released_version = engine->released_version,
        .breaks = g_ptr_array_new_with_free_func(
            (GDestroyNotify)compat_break_free),
        .entries = g_ptr_array_new_with_free_func(
            (GDestroyNotify)entry_issue_free),
        .chains = g_ptr_array_new_with_free_func(
            (GDestroyNotify)chain_issue_free),
        .redeclared = g_ptr_array_new_with_free_func(g_free),
        .kinds = g_ptr_array_new_with_free_func(
            (GDestroyNotify)kind_change_free),
        .fields = g_ptr_array_new_with_free_func(
            (GDestroyNotify)field_change_free),
        .cpus = g_ptr_array_new_with_free_func(
            (GDestroyNotify)cpu_change_free),
        .streams = g_ptr_array_new_with_free_func(
            (GDestroyNotify)stream_change_free),
        .guests = g_ptr_array_new_with_free_func(
            (GDestroyNotify)guest_change_free),
    };
}

static void engine_clear(struct engine *engine)
{
    if (engine->prior != engine->old) {
        side_free(engine->prior);
    }
    side_free(engine->old);
    side_free(engine->new);
    g_array_unref(engine->pairs);
    g_hash_table_unref(engine->dirty);
    g_hash_table_unref(engine->added);
    g_hash_table_unref(engine->groups);
    g_ptr_array_unref(engine->changes.breaks);
    g_ptr_array_unref(engine->changes.entries);
    g_ptr_array_unref(engine->changes.chains);
    g_ptr_array_unref(engine->changes.kinds);
    g_ptr_array_unref(engine->changes.redeclared);
    g_ptr_array_unref(engine->changes.fields);
    g_ptr_array_unref(engine->changes.cpus);
    g_ptr_array_unref(engine->changes.streams);
    g_ptr_array_unref(engine->changes.guests);
}

bool engine_is_late_fix(const struct engine *engine,
                        const struct version *version)
{
    for (guint i = 0; i < engine->input->n_fixes; i++) {
        const struct check_fix *fix = &engine->input->fixes[i];

        if (fix->released && same_release(&fix->last_without, version)) {
            return true;
        }
    }
    return false;
}

static bool is_first_of_release(const struct engine *engine, guint index)
{
    const struct machine *machine = engine_machine(
        engine, &g_array_index(engine->pairs, struct machine_pair, index));

    for (guint i = 0; i < index; i++) {
        const struct machine_pair *pair =
            &g_array_index(engine->pairs, struct machine_pair, i);

        if (same_release(&engine_machine(engine, pair)->version,
                         &machine->version)) {
            return false;
        }
    }
    return true;
}

unsigned engine_releases_after(const struct engine *engine,
                               const struct version *version)
{
    unsigned n = 0;

    for (guint i = 0; i < engine->pairs->len; i++) {
        const struct machine_pair *pair =
            &g_array_index(engine->pairs, struct machine_pair, i);

        n += compare_release(&engine_machine(engine, pair)->version,
                             version) > 0 &&
             is_first_of_release(engine, i);
    }
    return n;
}

/* The entry reaches releases that have what it mends, and the author could
 * see more than one release that it does not reach: those keep the repair. */
static bool is_meant(const struct engine *engine, const struct check_fix *fix,
                     const struct version *version)
{
    return compare_release(&fix->last_without, version) < 0 &&
           engine_releases_after(engine, version) > 1;
}

bool engine_is_repair(const struct engine *engine,
                      const struct version *version)
{
    for (guint i = 0; i < engine->input->n_fixes; i++) {
        const struct check_fix *fix = &engine->input->fixes[i];

        if (fix->released && is_meant(engine, fix, version)) {
            return true;
        }
    }
    return engine_is_late_fix(engine, version);
}

static void engine_run(struct engine *engine)
{
    if (engine->old) {
        engine_find_machines(engine);
        engine_find_dirty(engine);
        engine_find_breaks(engine);
        engine_find_kind_changes(engine);
        engine_find_field_changes(engine);
        engine_find_cpu_changes(engine);
        engine_find_stream_changes(engine);
        engine_find_guest_changes(engine);
    }
    engine_find_entry_issues(engine);
    engine_find_narrow_entries(engine);
    engine_find_dead_entries(engine);
    engine_find_chain_issues(engine);
    engine_find_redeclared(engine);
}

/* The level that -W gives a finding of RULE. */
static enum severity override(const struct check_input *input,
                              const struct rule *rule,
                              enum severity severity)
{
    for (guint i = input->n_levels; i-- > 0;) {
        const struct check_level *level = &input->levels[i];

        if (g_pattern_match_simple(level->pattern, rule->id)) {
            return severity >= rule->severity ? level->level
                                              : MIN(severity, level->level);
        }
    }
    return severity;
}

static void run_rules(const struct engine *engine, GPtrArray *findings)
{
    const struct rule *const *rules = engine->input->rules;

    for (gsize i = 0; rules && rules[i]; i++) {
        g_autoptr(GPtrArray) found = g_ptr_array_new();

        rules[i]->check(&engine->changes, found);
        for (guint j = 0; j < found->len; j++) {
            struct finding *finding = g_ptr_array_index(found, j);

            finding->severity = override(engine->input, rules[i],
                                         finding->severity);
            if (finding->severity == SEVERITY_OFF) {
                finding_free(finding);
            } else {
                finding_seal(finding);
                g_ptr_array_add(findings, finding);
            }
        }
    }
}

static int compare_findings(gconstpointer a, gconstpointer b)
{
    return finding_compare(*(const struct finding *const *)a,
                           *(const struct finding *const *)b);
}

static bool has_gap(const struct facts *facts, const struct gap *gap)
{
    for (guint i = 0; facts && i < facts->gaps->len; i++) {
        const struct gap *other = g_ptr_array_index(facts->gaps, i);

        if (other->file == gap->file && !strcmp(other->reason, gap->reason)) {
            return true;
        }
    }
    return false;
}

/* What BASE did not understand either is no doing of the change: it stays on
 * the list, but whoever changed another line of that file cannot help it. */
static bool touches_change(const struct check_input *input,
                           const struct gap *gap)
{
    return !input->changed_paths ||
           (g_ptr_array_find(input->changed_paths, gap->file, NULL) &&
            !has_gap(input->base, gap));
}

static void add_gap(const struct check_input *input,
                    const struct gap *like, struct check_result *result)
{
    struct gap *gap = g_memdup2(like, sizeof(*like));

    gap->touches_change = touches_change(input, gap);
    result->n_gaps_touching += gap->touches_change;
    g_ptr_array_add(result->gaps, gap);
}

/* Before v2.0 machine types are no QOM types: none is known, and nothing was
 * compared. */
static void add_too_old(const struct check_input *input,
                        struct check_result *result)
{
    static const struct version first = { .major = 2, .micro = -1 };
    const struct gap like = {
        .file = g_intern_static_string("VERSION"), .touches_change = true,
        .reason = g_intern_static_string(
            "machine types of releases before v2.0 are not known: nothing "
            "could be compared"),
    };

    if (input->released_version.major &&
        compare_release(&input->released_version, &first) < 0) {
        g_ptr_array_add(result->gaps, g_memdup2(&like, sizeof(like)));
        result->n_gaps_touching++;
    }
}

static void collect_gaps(const struct check_input *input,
                         struct check_result *result)
{
    const GPtrArray *gaps = input->head->gaps;
    const GPtrArray *more = input->bodies ? input->bodies->gaps : NULL;

    for (guint i = 0; i < gaps->len; i++) {
        add_gap(input, g_ptr_array_index(gaps, i), result);
    }
    for (guint i = 0; more && i < more->len; i++) {
        if (!has_gap(input->head, g_ptr_array_index(more, i))) {
            add_gap(input, g_ptr_array_index(more, i), result);
        }
    }
}

void check_count(const struct facts *facts, unsigned *ret_types,
                 unsigned *ret_properties, unsigned *ret_machines)
{
    *ret_types = facts->types->len;
    *ret_properties = 0;
    *ret_machines = facts->machines->len;
    for (guint i = 0; i < facts->types->len; i++) {
        *ret_properties += facts_type_at(facts, i)->properties->len;
    }
}

struct check_comparison {
    struct engine engine;
};

struct check_comparison *check_compare(const struct check_input *input)
{
    struct check_comparison *comparison = g_new0(struct check_comparison, 1);

    engine_init(&comparison->engine, input);
    engine_run(&comparison->engine);
    return comparison;
}

const struct change_set *check_changes(const struct check_comparison *c)
{
    return &c->engine.changes;
}

void check_comparison_free(struct check_comparison *comparison)
{
    engine_clear(&comparison->engine);
    g_free(comparison);
}

struct check_result *check_run(const struct check_input *input)
{
    struct check_result *result = g_new0(struct check_result, 1);
    g_autoptr(CheckComparison) comparison = check_compare(input);

    result->findings = g_ptr_array_new_with_free_func(
        (GDestroyNotify)finding_free);
    result->gaps = g_ptr_array_new_with_free_func(g_free);
    run_rules(&comparison->engine, result->findings);
    g_ptr_array_sort(result->findings, compare_findings);
    collect_gaps(input, result);
    add_too_old(input, result);
    check_count(input->head, &result->n_types, &result->n_properties,
                &result->n_machines);
    return result;
}

void check_result_free(struct check_result *result)
{
    if (!result) {
        return;
    }
    g_ptr_array_unref(result->findings);
    g_ptr_array_unref(result->gaps);
    g_free(result);
}
