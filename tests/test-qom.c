/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Registration code in, facts out: what the evaluator makes of QEMU's ways. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#include "ir-text.h"
#include "qom/qom.h"

/* What every tree has: the root types and two property kinds. */
static const char core[] =
    "(variable PropertyInfo qdev_prop_uint32 (init PropertyInfo"
    "  (.name \"uint32\") (.get 1) (.set_default_value @set_uint)))"
    "(variable PropertyInfo qdev_prop_bit (init PropertyInfo"
    "  (.name \"bool\") (.get 1) (.set_default_value @set_bool)))"
    "(variable PropertyInfo qdev_prop_mode (init PropertyInfo"
    "  (.name \"Mode\") (.get 1) (.enum_table (addr $Mode_lookup))"
    "  (.set_default_value @set_enum)))"
    "(variable QEnumLookup Mode_lookup (init QEnumLookup"
    "  (.array (literal \"const char *[2]\" ([0] \"auto\") ([1] \"on\")))"
    "  (.size 2)))"
    "(function set_uint (op prop)"
    "  (call @object_property_set_default_uint op"
    "        (. (-> prop Property.defval) u.u)))"
    "(function set_bool (op prop)"
    "  (call @object_property_set_default_bool op"
    "        (. (-> prop Property.defval) u.u)))"
    "(function set_enum (op prop)"
    "  (call @object_property_set_default_str op"
    "        (call @qapi_enum_lookup"
    "              (-> (-> prop Property.info) PropertyInfo.enum_table)"
    "              (. (-> prop Property.defval) u.i))))"
    "(record DeviceClass (ObjectClass parent_class) (bool user_creatable))"
    "(record MachineClass (ObjectClass parent_class) (int max_cpus))"
    "(static-function device_class_init (klass data)"
    "  (decl \"DeviceClass *\" dc (call @DEVICE_CLASS klass))"
    "  (= (-> dc DeviceClass.user_creatable) 1))"
    "(static-function machine_base_init (klass data)"
    "  (decl \"MachineClass *\" mc (call @MACHINE_CLASS klass))"
    "  (if (! (call @object_class_is_abstract klass)) (block"
    "    (= (-> mc MachineClass.compat_props) (call @g_ptr_array_new)))))"
    "(static-variable \"TypeInfo[3]\" infos (init \"TypeInfo[3]\""
    "  ([0] (init TypeInfo (.name \"object\") (.abstract 1)))"
    "  ([1] (init TypeInfo (.name \"device\") (.parent \"object\")"
    "             (.abstract 1) (.class_init @device_class_init)))"
    "  ([2] (init TypeInfo (.name \"machine\") (.parent \"object\")"
    "             (.abstract 1) (.class_base_init @machine_base_init)))))"
    "(static-function register_core ()"
    "  (call @type_register_static_array %infos 3))"
    "(static-function do_qemu_init_core ()"
    "  (call @register_module_init @register_core MODULE_INIT_QOM=3))";

/* Facts of the core and of the given units: (path, targets, text)…, NULL. */
G_GNUC_NULL_TERMINATED
static struct facts *facts_of(const char *path, ...)
{
    g_autoptr(GPtrArray) units = g_ptr_array_new_with_free_func(
        (GDestroyNotify)ir_unit_free);
    struct facts *facts = facts_new();
    va_list args;

    g_ptr_array_add(units, ir_unit_from_text("core.c", 0, core));
    va_start(args, path);
    for (; path; path = va_arg(args, const char *)) {
        uint64_t targets = va_arg(args, uint64_t);
        const char *text = va_arg(args, const char *);

        g_ptr_array_add(units, ir_unit_from_text(path, targets, text));
    }
    va_end(args);
    qom_evaluate(units, facts);
    facts_seal(facts);
    return facts;
}

static struct facts *facts_of_text(const char *text)
{
    return facts_of("a.c", UINT64_C(0), text, NULL);
}

static const struct property *property(const struct facts *facts,
                                       const char *type, const char *name)
{
    const struct qom_type *t = facts_type(facts, g_intern_string(type), 0);

    assert_non_null(t);
    return facts_property(facts, t, g_intern_string(name), NULL);
}

static const struct machine *machine(const struct facts *facts,
                                     const char *name)
{
    const struct machine *m = facts_machine(facts, g_intern_string(name), 0);

    assert_non_null(m);
    return m;
}

static const struct class_field *field(const struct machine *m,
                                       const char *name)
{
    for (guint i = 0; i < m->fields->len; i++) {
        const struct class_field *f = g_ptr_array_index(m->fields, i);

        if (!strcmp(f->name, name)) {
            return f;
        }
    }
    return NULL;
}

static void assert_field(const struct machine *m, const char *name,
                         const char *value)
{
    const struct class_field *f = field(m, name);

    assert_non_null(f);
    assert_true(f->evaluated);
    assert_string_equal(f->value, value);
}

static void assert_no_gaps(const struct facts *facts)
{
    for (guint i = 0; i < facts->gaps->len; i++) {
        const struct gap *gap = g_ptr_array_index(facts->gaps, i);

        print_message("%s:%d: %s\n", gap->file, gap->line, gap->reason);
    }
    assert_int_equal(facts->gaps->len, 0);
}

static void assert_gap(const struct facts *facts, const char *part)
{
    for (guint i = 0; i < facts->gaps->len; i++) {
        const struct gap *gap = g_ptr_array_index(facts->gaps, i);

        if (strstr(gap->reason, part)) {
            return;
        }
    }
    fail_msg("no gap says '%s'", part);
}

#define CONSTRUCTOR \
    "(static-function do_qemu_init_a ()" \
    "  (call @register_module_init @register_a MODULE_INIT_QOM=3))"

/* A device type "foo" with CLASS_INIT as the body of its class_init. */
#define DEVICE(name, fields) \
    "(static-variable TypeInfo info (init TypeInfo (.name \"" name "\")" \
    "  (.parent \"device\") (.instance_size (sizeof FooState 64)) " \
    fields "))" \
    "(static-function register_a ()" \
    "  (call @type_register_static (addr %info)))" CONSTRUCTOR

#define FOO_TABLE \
    "(static-variable \"Property[5]\" foo_props (init \"Property[5]\"" \
    "  ([0] (init Property (.name \"size\") (.info (addr $qdev_prop_uint32))" \
    "    (.offset (+ (offsetof FooState.conf.size 8) 0))" \
    "    (.set_default 1) (.defval.u ALL_ONES=4294967295)))" \
    "  ([1] (init Property (.name \"msi\") (.info (addr $qdev_prop_bit))" \
    "    (.bitnr 5) (.set_default 1) (.defval.u 1)))" \
    "  ([2] (init Property (.name \"mode\") (.info (addr $qdev_prop_mode))" \
    "    (.set_default 1) (.defval.i 1)))" \
    "  ([3] (init Property (.name \"plain\")" \
    "    (.info (addr $qdev_prop_uint32))))" \
    "  ([4] (init Property))))"

static void assert_foo_table(const struct facts *facts)
{
    const struct property *p = property(facts, "foo", "size");

    assert_non_null(p);
    assert_int_equal(p->def.kind, VALUE_UINT);
    assert_int_equal(p->def.uinteger, UINT32_MAX);
    assert_string_equal(p->spelling, "ALL_ONES");
    assert_string_equal(p->record, "FooState");
    assert_string_equal(p->field, "conf.size");
    assert_int_equal(p->bit, -1);
    assert_int_equal(p->kind->bits, 32);
    p = property(facts, "foo", "msi");
    assert_int_equal(p->def.kind, VALUE_BOOL);
    assert_true(p->def.boolean);
    assert_int_equal(p->bit, 5);
    p = property(facts, "foo", "mode");
    assert_int_equal(p->kind->syntax, SYNTAX_ENUM);
    assert_string_equal(p->kind->names[0], "auto");
    assert_string_equal(p->def.string, "on");
    assert_int_equal(property(facts, "foo", "plain")->def.kind,
                     VALUE_ABSENT);
}

static void test_table(void **state)
{
    g_autoptr(Facts) facts = facts_of_text(
        FOO_TABLE
        "(static-function foo_class_init (klass data)"
        "  (call @device_class_set_props (call @DEVICE_CLASS klass)"
        "        %foo_props))"
        DEVICE("foo", "(.class_init @foo_class_init)"));
    const struct qom_type *type = facts_type(facts, g_intern_string("foo"),
                                             0);

    assert_no_gaps(facts);
    assert_foo_table(facts);
    assert_string_equal(type->parent, "device");
    assert_string_equal(type->instance_struct, "FooState");
    assert_true(type->user_creatable);
    assert_int_equal(type->properties->len, 4);
}

/* What a class gets of its own: functions of its life, and numbers. */
static void test_slots(void **state)
{
    g_autoptr(Facts) facts = facts_of_text(
        "(static-function foo_class_init (klass data)"
        "  (= (-> (call @DEVICE_CLASS klass) DeviceClass.realize)"
        "     @foo_realize)"
        "  (= (-> (call @DEVICE_CLASS klass) DeviceClass.hotpluggable) 0)"
        "  (= (-> (call @FOO_CLASS klass) FooClass.write) @foo_write)"
        "  (= (-> (call @FOO_CLASS klass) FooClass.id) 0x10))"
        "(static-function foo_init (obj))"
        DEVICE("foo", "(.class_init @foo_class_init)"
               "(.instance_init @foo_init)"));
    const struct qom_type *type = facts_type(facts, g_intern_string("foo"),
                                             0);
    const struct class_slot *slot = qom_type_slot(
        type, g_intern_string("DeviceClass.realize"));

    assert_non_null(slot);
    assert_string_equal(slot->function, "foo_realize");
    slot = qom_type_slot(type, g_intern_string("FooClass.id"));
    assert_true(slot && slot->known && slot->number == 0x10);
    slot = qom_type_slot(type, g_intern_string("instance_init"));
    assert_string_equal(slot->function, "foo_init");
    assert_null(qom_type_slot(type, g_intern_string("FooClass.write")));
    assert_null(qom_type_slot(type,
                              g_intern_string("DeviceClass.hotpluggable")));
}

/* Trees up to v4.2, whose device_initfn() walks the table once more. */
static void test_assigned_table(void **state)
{
    g_autoptr(Facts) facts = facts_of_text(
        FOO_TABLE
        "(static-function foo_class_init (klass data)"
        "  (= (-> (call @DEVICE_CLASS klass) DeviceClass.props) %foo_props))"
        "(static-function foo_init (obj)"
        "  (decl \"Property *\" prop (-> (call @DEVICE_GET_CLASS obj)"
        "                               DeviceClass.props))"
        "  (for 0 (-> prop Property.name) (++ prop)"
        "    (call @qdev_property_add_static (call @DEVICE obj) prop)))"
        DEVICE("foo", "(.class_init @foo_class_init)"
               "(.instance_init @foo_init)"));

    assert_no_gaps(facts);
    assert_foo_table(facts);
    assert_int_equal(facts_type(facts, g_intern_string("foo"),
                                0)->properties->len, 4);
}

/* Models from a table, their names made and edited on the way. */
static void test_loop(void **state)
{
    g_autoptr(Facts) facts = facts_of_text(
        "(static-variable \"Model[3]\" models (init \"Model[3]\""
        "  ([0] (init Model (.name \"a_1\") (.cpus 4)))"
        "  ([1] (init Model (.name \"b\") (.cpus 8)))"
        "  ([2] (init Model))))"
        "(static-function model_class_init (klass data)"
        "  (decl \"Model *\" m data)"
        "  (call @object_property_set_default_uint"
        "    (call @object_class_property_add klass \"cpus\" \"uint32\" 0 0 0"
        "          0)"
        "    (-> m Model.cpus)))"
        "(static-function register_one (m)"
        "  (decl \"char *\" name (call @g_strdup_printf \"%s-x%02x\""
        "        (-> m Model.name) (+ (-> m Model.cpus) 1)))"
        "  (decl \"char *\" p name)"
        "  (while (= p (call @strchr p 95)) (block"
        "    (= (deref (++ p)) 45)))"
        "  (decl TypeInfo info (init TypeInfo (.name name)"
        "    (.parent \"device\") (.class_init @model_class_init)"
        "    (.class_data m)))"
        "  (call @type_register (addr info)))"
        "(static-function register_a ()"
        "  (decl \"Model *\" m)"
        "  (for (= m %models) (-> m Model.name) (++ m)"
        "    (call @register_one m)))" CONSTRUCTOR);
    const struct property *a = property(facts, "a-1-x05", "cpus");
    const struct property *b = property(facts, "b-x09", "cpus");

    assert_no_gaps(facts);
    assert_int_equal(a->def.uinteger, 4);
    assert_int_equal(b->def.uinteger, 8);
    assert_int_equal(a->origin, ORIGIN_CLASS);
}

#define MACHINE(version, body) \
    "(static-function init_" version " (klass data)" \
    "  (decl \"MachineClass *\" m (call @MACHINE_CLASS klass))" body ")" \
    "(static-variable TypeInfo info_" version " (init TypeInfo" \
    "  (.name \"box-" version "-machine\") (.parent \"machine\")" \
    "  (.class_init @init_" version ")))"

#define REGISTER2(a, b) \
    "(static-function register_a ()" \
    "  (call @type_register_static (addr %info_" a "))" \
    "  (call @type_register_static (addr %info_" b ")))" CONSTRUCTOR

#define ENTRY(n, driver, value) \
    "([" n "] (init GlobalProperty (.driver \"" driver "\")" \
    "  (.property \"p\") (.value \"" value "\")))"

static void test_chain(void **state)
{
    g_autoptr(Facts) facts = facts_of_text(
        "(variable \"GlobalProperty[2]\" hw_compat_7_2"
        "  (init \"GlobalProperty[2]\"" ENTRY("0", "foo", "on")
        ENTRY("1", "bar", "off") "))"
        "(static-function options_8_0 (m)"
        "  (= (-> m MachineClass.max_cpus) 8))"
        "(static-function options_7_2 (m)"
        "  (static \"GlobalProperty[1]\" compat"
        "    (init \"GlobalProperty[1]\"" ENTRY("0", "foo", "1") "))"
        "  (call @options_8_0 m)"
        "  (|= (-> m MachineClass.max_cpus) 1)"
        "  (call @compat_props_add (-> m MachineClass.compat_props)"
        "        $hw_compat_7_2 2)"
        "  (call @compat_props_add (-> m MachineClass.compat_props)"
        "        compat 1))"
        MACHINE("8.0", "(call @options_8_0 m)"
                "(= (-> m MachineClass.alias) \"box\")")
        MACHINE("7.2", "(call @options_7_2 m)") REGISTER2("8.0", "7.2"));
    const struct machine *m = machine(facts, "box-7.2");
    const struct compat_array *first, *second;
    const struct compat_entry *entry;

    assert_no_gaps(facts);
    assert_string_equal(machine(facts, "box-8.0")->alias, "box");
    assert_int_equal(machine(facts, "box-8.0")->compat->len, 0);
    assert_field(machine(facts, "box-8.0"), "MachineClass.max_cpus", "8");
    assert_field(m, "MachineClass.max_cpus", "9");
    assert_null(m->alias);
    assert_int_equal(m->compat->len, 2);
    first = g_ptr_array_index(m->compat, 0);
    second = g_ptr_array_index(m->compat, 1);
    assert_string_equal(first->id, "hw_compat_7_2");
    assert_string_equal(second->id, "options_7_2/compat");
    assert_int_equal(first->entries->len, 2);
    entry = g_ptr_array_index(first->entries, 1);
    assert_string_equal(entry->driver, "bar");
    assert_string_equal(entry->value, "off");
}

/* Trees up to v3.1: the array is appended element by element. */
static void test_old_chain(void **state)
{
    g_autoptr(Facts) facts = facts_of_text(
        "(static-function options_2_8 (m)"
        "  (static \"GlobalProperty[3]\" props"
        "    (init \"GlobalProperty[3]\"" ENTRY("0", "foo", "1")
        ENTRY("1", "bar", "1") "([2] (init GlobalProperty))))"
        "  (decl int i)"
        "  (if (! (-> m MachineClass.compat_props)) (block"
        "    (= (-> m MachineClass.compat_props)"
        "       (call @g_array_new 0 0 8))))"
        "  (for (= i 0) (!= (. (at props i) GlobalProperty.driver) 0) (++ i)"
        "    (block (decl \"GlobalProperty *\" prop (addr (at props i)))"
        "      (call @g_array_append_vals (-> m MachineClass.compat_props)"
        "            (addr prop) 1))))"
        MACHINE("2.8", "(call @options_2_8 m)")
        MACHINE("2.9", "(= (-> m MachineClass.max_cpus) 1)")
        REGISTER2("2.8", "2.9"));
    const struct machine *m = machine(facts, "box-2.8");
    const struct compat_array *array;

    assert_no_gaps(facts);
    assert_int_equal(m->compat->len, 1);
    array = g_ptr_array_index(m->compat, 0);
    assert_string_equal(array->id, "options_2_8/props");
    assert_int_equal(array->entries->len, 2);
}

/* What depends on something unknown is unknown, everything else is not. */
static void test_unknown_condition(void **state)
{
    g_autoptr(Facts) facts = facts_of_text(
        MACHINE("1.0",
                "(= (-> m MachineClass.a) 1)"
                "(= (-> m MachineClass.b) 1)"
                "(= (-> m MachineClass.c) 1)"
                "(if (call @probe)"
                "  (block (= (-> m MachineClass.a) 2)"
                "         (= (-> m MachineClass.b) 3)"
                "         (= (-> m MachineClass.d) 4))"
                "  (block (= (-> m MachineClass.b) 3)))"
                "(if (call @probe) (return))"
                "(switch (-> m MachineClass.c) (block"
                "  (case 0 (= (-> m MachineClass.e) 5)) (break)"
                "  (case 1 (= (-> m MachineClass.e) 6)) (break)"
                "  (default (= (-> m MachineClass.e) 7))))")
        MACHINE("1.1",
                "(switch (call @probe) (block"
                "  (case 0 (= (-> m MachineClass.e) 5)) (break)"
                "  (default (= (-> m MachineClass.c) 0))))")
        REGISTER2("1.0", "1.1"));
    const struct machine *m = machine(facts, "box-1.0");

    assert_false(field(m, "MachineClass.a")->evaluated);
    assert_field(m, "MachineClass.b", "3");
    assert_field(m, "MachineClass.c", "1");
    assert_false(field(m, "MachineClass.d")->evaluated);
    assert_field(m, "MachineClass.e", "6");
    m = machine(facts, "box-1.1");
    assert_false(field(m, "MachineClass.e")->evaluated);
}

/* Structs are copied; what is overwritten with something unknown, or at an
 * unknown index, or from lists that nobody printed, is unknown as a whole. */
static void test_aggregates(void **state)
{
    g_autoptr(Facts) facts = facts_of_text(
        MACHINE("1.0",
                "(decl S s (init S (.x 1) (.in.y 2)))"
                "(decl S t s)"
                "(decl \"int[4]\" a (init \"int[4]\" ([1] 3)))"
                "(= (. s S.x) 9)"
                "(= (-> m MachineClass.a) (. t S.x))"
                "(= (-> m MachineClass.b) (. (. t S.in) T.y))"
                "(= (-> m MachineClass.c) (. t S.other))"
                "(= (-> m MachineClass.d) (+ (at a 1) (at a 2)))"
                "(= s (call @probe))"
                "(= (. s S.z) 4)"
                "(= (-> m MachineClass.e) (. s S.x))"
                "(= (-> m MachineClass.f) (. s S.z))"
                "(= (at a (call @probe)) 5)"
                "(= (-> m MachineClass.g) (at a 1))"
                "(decl \"int[2]\" bits (init \"int[2]\" ([0] 6)))"
                "(= (-> m MachineClass.h) (at bits 0))"
                "(call @s390_init_feat_bitmap a bits)"
                "(= (-> m MachineClass.i) (at bits 0))")
        MACHINE("1.1", "") REGISTER2("1.0", "1.1"));
    const struct machine *m = machine(facts, "box-1.0");

    assert_field(m, "MachineClass.a", "1");
    assert_field(m, "MachineClass.b", "2");
    assert_field(m, "MachineClass.c", "0");
    assert_field(m, "MachineClass.d", "3");
    assert_false(field(m, "MachineClass.e")->evaluated);
    assert_field(m, "MachineClass.f", "4");
    assert_false(field(m, "MachineClass.g")->evaluated);
    assert_field(m, "MachineClass.h", "6");
    assert_false(field(m, "MachineClass.i")->evaluated);
}

static void test_alias(void **state)
{
    g_autoptr(Facts) facts = facts_of_text(
        FOO_TABLE
        "(record FooPCI (DeviceState parent_obj) (FooState vdev))"
        "(static-function foo_class_init (klass data)"
        "  (call @device_class_set_props_n klass %foo_props 2))"
        "(static-function pci_init (obj)"
        "  (decl \"FooPCI *\" dev (call @FOO_PCI obj))"
        "  (decl \"void *\" inner (addr (-> dev FooPCI.vdev)))"
        "  (call @object_initialize_child_internal obj \"x\" inner 64"
        "        \"foo\")"
        "  (call @qdev_alias_all_properties (call @DEVICE inner) obj)"
        "  (call @object_property_add_alias obj \"irq\""
        "        (call @OBJECT (addr (-> dev FooPCI.vdev))) \"msi\")"
        "  (call @object_property_add_bool obj \"own\" 0 0)"
        "  (call @object_property_add_bool (call @OBJECT inner) \"no\" 0 0))"
        "(static-variable TypeInfo pci (init TypeInfo (.name \"foo-pci\")"
        "  (.parent \"device\") (.instance_init @pci_init)))"
        "(static-variable TypeInfo info (init TypeInfo (.name \"foo\")"
        "  (.parent \"device\") (.class_init @foo_class_init)))"
        "(static-function register_a ()"
        "  (call @type_register_static (addr %pci))"
        "  (call @type_register_static (addr %info)))" CONSTRUCTOR);
    const struct qom_type *pci = facts_type(facts,
                                            g_intern_string("foo-pci"), 0);

    assert_no_gaps(facts);
    assert_int_equal(pci->aliases->len, 2);
    assert_string_equal(property(facts, "foo-pci", "size")->field,
                        "conf.size");
    assert_int_equal(property(facts, "foo-pci", "irq")->bit, 5);
    assert_int_equal(property(facts, "foo-pci", "own")->origin,
                     ORIGIN_INSTANCE);
    assert_null(property(facts, "foo-pci", "no"));
    assert_null(property(facts, "foo", "no"));
    assert_null(property(facts, "foo", "mode"));
}

/* Instance code of a base type counts there if all its children agree. */
static void test_instance_of_base(void **state)
{
    g_autoptr(Facts) facts = facts_of_text(
        "(static-function base_init (obj)"
        "  (decl \"BaseClass *\" c (call @BASE_GET_CLASS obj))"
        "  (call @object_property_add_bool obj \"all\" 0 0)"
        "  (if (-> c BaseClass.big) (block"
        "    (call @object_property_add_bool obj \"big\" 0 0))))"
        "(static-function big_class_init (klass data)"
        "  (= (-> (call @BASE_CLASS klass) BaseClass.big) 1))"
        "(static-variable \"TypeInfo[3]\" list (init \"TypeInfo[3]\""
        "  ([0] (init TypeInfo (.name \"base\") (.parent \"device\")"
        "    (.abstract 1) (.instance_init @base_init)))"
        "  ([1] (init TypeInfo (.name \"big\") (.parent \"base\")"
        "    (.class_init @big_class_init)))"
        "  ([2] (init TypeInfo (.name \"small\") (.parent \"base\")))))"
        "(static-function register_a ()"
        "  (call @type_register_static_array %list 3))" CONSTRUCTOR);

    assert_no_gaps(facts);
    assert_non_null(property(facts, "base", "all"));
    assert_null(property(facts, "base", "big"));
    assert_non_null(property(facts, "big", "big"));
    assert_null(property(facts, "small", "big"));
}

/* A static name belongs to its unit, a global one to any; targets select. */
static void test_linking(void **state)
{
    static const char board[] =
        "(static-function helper (m)"
        "  (= (-> m MachineClass.own) 1)"
        "  (call @shared m))"
        MACHINE("1.0", "(call @helper m)") REGISTER2("1.0", "1.0");
    uint64_t arm = target_bit("arm"), ppc = target_bit("ppc");
    g_autoptr(Facts) facts = facts_of(
        "a.c", arm, board, "a.c", ppc, board,
        "c.c", UINT64_C(0),
        "(static-function helper (m) (= (-> m MachineClass.own) 2))",
        "d.c", arm, "(function shared (m) (= (-> m MachineClass.n) 3))",
        "e.c", ppc, "(function shared (m) (= (-> m MachineClass.n) 4))",
        NULL);
    const char *name = g_intern_string("box-1.0");

    assert_no_gaps(facts);
    assert_field(facts_machine(facts, name, arm), "MachineClass.own", "1");
    assert_field(facts_machine(facts, name, arm), "MachineClass.n", "3");
    assert_field(facts_machine(facts, name, ppc), "MachineClass.n", "4");
    /* The types themselves are the same for both. */
    assert_ptr_equal(facts_type(facts, g_intern_string("box-1.0-machine"),
                                arm),
                     facts_type(facts, g_intern_string("box-1.0-machine"),
                                ppc));
}

static void test_gaps(void **state)
{
    g_autoptr(Facts) facts = facts_of_text(
        "(static-function foo_class_init (klass data)"
        "  (call @foo_add_properties klass)"
        "  (call @foo_unrelated klass)"
        "  (call @device_class_set_props klass $elsewhere_props)"
        "  (call @device_class_set_props klass"
        "    (literal \"Property[1]\" ([0] (init Property (.name \"odd\")"
        "      (.info (addr $elsewhere_info)) (.set_default 1)"
        "      (.defval.u SOME=7))))))"
        DEVICE("foo", "(.class_init @foo_class_init)"));

    assert_gap(facts, "unknown registrar 'foo_add_properties'");
    assert_gap(facts, "table not bound: 'elsewhere_props'");
    assert_gap(facts, "unknown PropertyInfo 'elsewhere_info'");
    assert_int_equal(facts->gaps->len, 3);
    assert_int_equal(property(facts, "foo", "odd")->def.kind,
                     VALUE_UNEVALUATED);
    assert_string_equal(property(facts, "foo", "odd")->def.string, "SOME");
}

/* Whatever hostile code does, evaluation ends, says so, and goes on. */
static void test_limits(void **state)
{
    g_autoptr(Facts) facts = facts_of_text(
        "(static-function endless (klass data) (while 1 (+ 1 1)))"
        "(static-function deep (klass data)"
        "  (call @deep klass data) (call @deep klass data))"
        "(static-function grow (klass data)"
        "  (decl \"char *\" s (call @g_strdup \"xxxxxxxxxxxxxxxx\"))"
        "  (while 1 (= s (call @g_strconcat s s 0)))"
        "  (call @object_class_property_add klass s \"bool\" 0 0 0 0))"
        "(static-function good (klass data)"
        "  (call @object_class_property_add_bool klass \"ok\" 0 0))"
        "(static-variable \"TypeInfo[6]\" list (init \"TypeInfo[6]\""
        "  ([0] (init TypeInfo (.name \"a\") (.class_init @endless)))"
        "  ([1] (init TypeInfo (.name \"b\") (.class_init @deep)))"
        "  ([2] (init TypeInfo (.name \"c\") (.class_init @grow)))"
        "  ([3] (init TypeInfo (.name \"d\") (.parent \"e\")))"
        "  ([4] (init TypeInfo (.name \"e\") (.parent \"d\")))"
        "  ([5] (init TypeInfo (.name \"f\") (.class_init @good)))))"
        "(static-function register_a ()"
        "  (call @type_register_static_array %list 6))" CONSTRUCTOR);

    assert_gap(facts, "evaluation limit reached in 'endless'");
    assert_gap(facts, "evaluation limit reached in 'deep'");
    assert_gap(facts, "evaluation limit reached in 'grow'");
    assert_non_null(property(facts, "f", "ok"));
    assert_non_null(facts_type(facts, g_intern_string("d"), 0));
}

static void test_empty(void **state)
{
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    g_autoptr(Facts) facts = facts_new();

    qom_evaluate(none, facts);
    facts_seal(facts);
    assert_int_equal(facts->types->len, 0);
    assert_int_equal(facts->gaps->len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_slots),
        cmocka_unit_test(test_assigned_table),
        cmocka_unit_test(test_loop),
        cmocka_unit_test(test_chain),
        cmocka_unit_test(test_old_chain),
        cmocka_unit_test(test_unknown_condition),
        cmocka_unit_test(test_aggregates),
        cmocka_unit_test(test_alias),
        cmocka_unit_test(test_instance_of_base),
        cmocka_unit_test(test_linking),
        cmocka_unit_test(test_gaps),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_empty),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
