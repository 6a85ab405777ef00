/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

typedef struct GArray { gchar *data; guint len; } GArray;
typedef struct GByteArray { guint8 *data; guint len; } GByteArray;
typedef struct GPtrArray { gpointer *pdata; guint len; } GPtrArray;
typedef struct GString { gchar *str; gsize len, allocated_len; } GString;
typedef struct GList GList;
struct GList { gpointer data; GList *next, *prev; };
typedef struct GSList GSList;
struct GSList { gpointer data; GSList *next; };
typedef struct GQueue { GList *head, *tail; guint length; } GQueue;
typedef struct GNode GNode;
struct GNode { gpointer data; GNode *next, *prev, *parent, *children; };
typedef struct GHashTable GHashTable;
typedef struct { gpointer dummy[6]; } GHashTableIter;
typedef struct GTree GTree;
typedef struct GTreeNode GTreeNode;
typedef struct GSequence GSequence;
typedef struct GSequenceIter GSequenceIter;
typedef struct GAsyncQueue GAsyncQueue;
typedef struct GBytes GBytes;
typedef struct GStringChunk GStringChunk;
typedef struct GDatalist GDatalist;
typedef struct GData GData;
typedef enum { G_IN_ORDER, G_PRE_ORDER, G_POST_ORDER } GTraverseType;
#define G_QUEUE_INIT { NULL, NULL, 0 }

GArray *g_array_new(gboolean zero, gboolean clear, guint size);
GArray *g_array_sized_new(gboolean zero, gboolean clear, guint size, guint n);
GArray *g_array_ref(GArray *a);
GArray *g_array_append_vals(GArray *a, gconstpointer data, guint n);
GArray *g_array_prepend_vals(GArray *a, gconstpointer data, guint n);
GArray *g_array_insert_vals(GArray *a, guint i, gconstpointer data, guint n);
GArray *g_array_set_size(GArray *a, guint n);
GArray *g_array_remove_index(GArray *a, guint i);
GArray *g_array_remove_index_fast(GArray *a, guint i);
GArray *g_array_remove_range(GArray *a, guint i, guint n);
gchar *g_array_free(GArray *a, gboolean segment);
#define g_array_index(a, type, i) (((type *)(void *)(a)->data)[i])
#define g_array_append_val(a, v) g_array_append_vals(a, &(v), 1)
#define g_array_prepend_val(a, v) g_array_prepend_vals(a, &(v), 1)
#define g_array_insert_val(a, i, v) g_array_insert_vals(a, i, &(v), 1)
GByteArray *g_byte_array_new(void);
GByteArray *g_byte_array_sized_new(guint n);
GByteArray *g_byte_array_append(GByteArray *a, const guint8 *data, guint n);
GByteArray *g_byte_array_prepend(GByteArray *a, const guint8 *data, guint n);
GByteArray *g_byte_array_set_size(GByteArray *a, guint n);
GByteArray *g_byte_array_remove_range(GByteArray *a, guint i, guint n);
guint8 *g_byte_array_free(GByteArray *a, gboolean segment);
GBytes *g_byte_array_free_to_bytes(GByteArray *a);
GPtrArray *g_ptr_array_new(void);
GPtrArray *g_ptr_array_sized_new(guint n);
GPtrArray *g_ptr_array_new_with_free_func(GDestroyNotify func);
GPtrArray *g_ptr_array_new_full(guint n, GDestroyNotify func);
GPtrArray *g_ptr_array_ref(GPtrArray *a);
gpointer g_ptr_array_remove_index(GPtrArray *a, guint i);
gpointer g_ptr_array_remove_index_fast(GPtrArray *a, guint i);
gpointer g_ptr_array_steal_index(GPtrArray *a, guint i);
gpointer g_ptr_array_steal_index_fast(GPtrArray *a, guint i);
gpointer *g_ptr_array_free(GPtrArray *a, gboolean segment);
#define g_ptr_array_index(a, i) ((a)->pdata[i])

GString *g_string_new(const gchar *s);
GString *g_string_new_len(const gchar *s, gssize n);
GString *g_string_sized_new(gsize n);
GString *g_string_append(GString *s, const gchar *t);
GString *g_string_append_c(GString *s, gchar c);
GString *g_string_append_len(GString *s, const gchar *t, gssize n);
GString *g_string_prepend(GString *s, const gchar *t);
GString *g_string_prepend_c(GString *s, gchar c);
GString *g_string_assign(GString *s, const gchar *t);
GString *g_string_truncate(GString *s, gsize n);
GString *g_string_insert(GString *s, gssize i, const gchar *t);
GString *g_string_erase(GString *s, gssize i, gssize n);
GString *g_string_set_size(GString *s, gsize n);
gchar *g_string_free(GString *s, gboolean segment);
gchar *g_string_free_and_steal(GString *s);
void g_string_printf(GString *s, const gchar *fmt, ...);
void g_string_append_printf(GString *s, const gchar *fmt, ...);

GList *g_list_alloc(void);
GList *g_list_append(GList *l, gpointer data);
GList *g_list_prepend(GList *l, gpointer data);
GList *g_list_insert_sorted(GList *l, gpointer data, GCompareFunc cmp);
GList *g_list_insert_sorted_with_data(GList *l, gpointer data,
                                      GCompareDataFunc cmp, gpointer opaque);
GList *g_list_insert_before(GList *l, GList *at, gpointer data);
GList *g_list_concat(GList *a, GList *b);
GList *g_list_remove(GList *l, gconstpointer data);
GList *g_list_remove_link(GList *l, GList *link);
GList *g_list_delete_link(GList *l, GList *link);
GList *g_list_reverse(GList *l);
GList *g_list_copy(GList *l);
GList *g_list_nth(GList *l, guint n);
GList *g_list_find(GList *l, gconstpointer data);
GList *g_list_find_custom(GList *l, gconstpointer data, GCompareFunc cmp);
GList *g_list_first(GList *l);
GList *g_list_last(GList *l);
GList *g_list_sort(GList *l, GCompareFunc cmp);
GList *g_list_sort_with_data(GList *l, GCompareDataFunc cmp, gpointer opaque);
gpointer g_list_nth_data(GList *l, guint n);
#define g_list_next(l) ((l) ? ((GList *)(l))->next : NULL)
#define g_list_previous(l) ((l) ? ((GList *)(l))->prev : NULL)
GSList *g_slist_append(GSList *l, gpointer data);
GSList *g_slist_prepend(GSList *l, gpointer data);
GSList *g_slist_insert(GSList *l, gpointer data, gint at);
GSList *g_slist_insert_sorted(GSList *l, gpointer data, GCompareFunc cmp);
GSList *g_slist_concat(GSList *a, GSList *b);
GSList *g_slist_remove(GSList *l, gconstpointer data);
GSList *g_slist_remove_link(GSList *l, GSList *link);
GSList *g_slist_delete_link(GSList *l, GSList *link);
GSList *g_slist_reverse(GSList *l);
GSList *g_slist_copy(GSList *l);
GSList *g_slist_nth(GSList *l, guint n);
GSList *g_slist_find(GSList *l, gconstpointer data);
GSList *g_slist_find_custom(GSList *l, gconstpointer data, GCompareFunc cmp);
GSList *g_slist_last(GSList *l);
GSList *g_slist_sort(GSList *l, GCompareFunc cmp);
gpointer g_slist_nth_data(GSList *l, guint n);
#define g_slist_next(l) ((l) ? ((GSList *)(l))->next : NULL)
GQueue *g_queue_new(void);
GQueue *g_queue_copy(GQueue *q);
GList *g_queue_find(GQueue *q, gconstpointer data);
GList *g_queue_find_custom(GQueue *q, gconstpointer data, GCompareFunc cmp);
GList *g_queue_peek_head_link(GQueue *q);
GList *g_queue_peek_tail_link(GQueue *q);
GList *g_queue_pop_head_link(GQueue *q);
gpointer g_queue_pop_head(GQueue *q);
gpointer g_queue_pop_tail(GQueue *q);
gpointer g_queue_pop_nth(GQueue *q, guint n);
gpointer g_queue_peek_head(GQueue *q);
gpointer g_queue_peek_tail(GQueue *q);
gpointer g_queue_peek_nth(GQueue *q, guint n);

/* Destructors are passed as values, so they need names. */
void g_array_unref(GArray *a);
void g_byte_array_unref(GByteArray *a);
void g_ptr_array_unref(GPtrArray *a);
void g_list_free(GList *l);
void g_list_free_full(GList *l, GDestroyNotify func);
void g_slist_free(GSList *l);
void g_slist_free_full(GSList *l, GDestroyNotify func);
void g_queue_free(GQueue *q);
void g_hash_table_destroy(GHashTable *t);
void g_hash_table_unref(GHashTable *t);
void g_tree_destroy(GTree *t);
void g_tree_unref(GTree *t);
void g_bytes_unref(GBytes *b);

guint g_str_hash(gconstpointer p);
guint g_int_hash(gconstpointer p);
guint g_int64_hash(gconstpointer p);
guint g_direct_hash(gconstpointer p);
gboolean g_str_equal(gconstpointer a, gconstpointer b);
gboolean g_int_equal(gconstpointer a, gconstpointer b);
gboolean g_int64_equal(gconstpointer a, gconstpointer b);
gboolean g_direct_equal(gconstpointer a, gconstpointer b);
GHashTable *g_hash_table_new(GHashFunc hash, GEqualFunc equal);
GHashTable *g_hash_table_new_full(GHashFunc hash, GEqualFunc equal,
                                  GDestroyNotify key, GDestroyNotify value);
GHashTable *g_hash_table_ref(GHashTable *t);
gpointer g_hash_table_lookup(GHashTable *t, gconstpointer key);
gpointer g_hash_table_find(GHashTable *t, GHRFunc func, gpointer opaque);
GList *g_hash_table_get_keys(GHashTable *t);
GList *g_hash_table_get_values(GHashTable *t);
GPtrArray *g_hash_table_get_keys_as_ptr_array(GHashTable *t);
GPtrArray *g_hash_table_get_values_as_ptr_array(GHashTable *t);
gpointer *g_hash_table_get_keys_as_array(GHashTable *t, guint *n);
GTree *g_tree_new(GCompareFunc cmp);
GTree *g_tree_new_with_data(GCompareDataFunc cmp, gpointer opaque);
GTree *g_tree_new_full(GCompareDataFunc cmp, gpointer opaque,
                       GDestroyNotify key, GDestroyNotify value);
GTree *g_tree_ref(GTree *t);
GTreeNode *g_tree_node_first(GTree *t);
GTreeNode *g_tree_node_last(GTree *t);
GTreeNode *g_tree_node_next(GTreeNode *n);
GTreeNode *g_tree_lower_bound(GTree *t, gconstpointer key);
GTreeNode *g_tree_upper_bound(GTree *t, gconstpointer key);
gpointer g_tree_node_key(GTreeNode *n);
gpointer g_tree_node_value(GTreeNode *n);
gpointer g_tree_lookup(GTree *t, gconstpointer key);
gpointer g_tree_search(GTree *t, GCompareFunc cmp, gconstpointer opaque);
GSequence *g_sequence_new(GDestroyNotify func);
GSequenceIter *g_sequence_append(GSequence *s, gpointer data);
GSequenceIter *g_sequence_prepend(GSequence *s, gpointer data);
GSequenceIter *g_sequence_get_begin_iter(GSequence *s);
GSequenceIter *g_sequence_get_end_iter(GSequence *s);
GSequenceIter *g_sequence_iter_next(GSequenceIter *i);
GSequenceIter *g_sequence_iter_prev(GSequenceIter *i);
GSequenceIter *g_sequence_lookup(GSequence *s, gpointer data,
                                 GCompareDataFunc cmp, gpointer opaque);
GSequenceIter *g_sequence_search(GSequence *s, gpointer data,
                                 GCompareDataFunc cmp, gpointer opaque);
gpointer g_sequence_get(GSequenceIter *i);
GAsyncQueue *g_async_queue_new(void);
gpointer g_async_queue_pop(GAsyncQueue *q);
gpointer g_async_queue_try_pop(GAsyncQueue *q);
gpointer g_async_queue_timeout_pop(GAsyncQueue *q, guint64 timeout);
GBytes *g_bytes_new(gconstpointer data, gsize n);
GBytes *g_bytes_new_take(gpointer data, gsize n);
GBytes *g_bytes_new_static(gconstpointer data, gsize n);
GBytes *g_bytes_ref(GBytes *b);
gconstpointer g_bytes_get_data(GBytes *b, gsize *n);
gsize g_bytes_get_size(GBytes *b);
GNode *g_node_new(gpointer data);
