/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The tables of CPU models: what a model is made of, and what its versions
 * change.
 */
#ifndef QCOMPAT_MODEL_CPUS_H
#define QCOMPAT_MODEL_CPUS_H

#include "model/facts.h"

/* NAME is that of the property, or of PowerPC the class field, that tells the
 * value ("family", "pvr"), or "features" with the names of all that are on:
 * "fpu/0:fpu fpu/10 …", the word by its first name, the bit, and the bit's name
 * where it has one. */
struct cpu_value {
    const char *name;
    const char *value;       /* text; numbers are decimal */
};

/* What one version changes on top of the one before it. */
struct cpu_version {
    int version;             /* from 1 */
    GPtrArray *props;        /* struct cpu_value *, in order */
};

/* Code of machine types of VERSION and older takes a feature away. */
struct cpu_limit {
    struct version version;
    const char *feature;     /* its name */
};

struct cpu_model {
    const char *name;        /* "EPYC-Rome" */
    const char *type;        /* "EPYC-Rome-x86_64-cpu" */
    struct location loc;
    GPtrArray *values;       /* struct cpu_value * */
    GPtrArray *versions;     /* struct cpu_version *, in order */
    GPtrArray *limits;       /* struct cpu_limit *, one a feature */
};

/* Added models are owned by FACTS, strings given are interned. */
struct cpu_model *facts_add_cpu_model(struct facts *facts, const char *name,
                                      const char *type);
/* VALUES of a model, props of a version. */
void cpu_values_add(GPtrArray *values, const char *name, const char *value);
struct cpu_version *cpu_model_add_version(struct cpu_model *model,
                                          int version);
/* Of several versions for one feature the newest counts. */
void cpu_model_add_limit(struct cpu_model *model,
                         const struct version *version,
                         const char *feature);
void cpu_model_free(struct cpu_model *model);

/* NULL: there is none. */
const struct cpu_model *facts_cpu_model(const struct facts *facts,
                                        const char *type);
const struct cpu_version *cpu_model_version(const struct cpu_model *model,
                                            int version);
/* Whether the table that describes TYPE, a model or a version of one, tells
 * what NAME is; "min-level" goes with "level". */
bool facts_cpu_table_tells(const struct facts *facts, const char *type,
                           const char *name);
/* NULL: no machine type takes FEATURE away. */
const struct version *cpu_model_limit(const struct cpu_model *model,
                                      const char *feature);
/* Whether that is so on MACHINE. */
bool cpu_model_is_limited(const struct cpu_model *model,
                          const struct machine *machine,
                          const char *feature);
/* The last of that name, NULL: none. */
const char *cpu_values_get(const GPtrArray *values, const char *name);

#endif
