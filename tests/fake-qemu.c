/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * As much of a QEMU as `verify` asks for: two devices, three machine types.
 * FAKE_QEMU names the way in which it misbehaves:
 *
 *   ends      before it connects          greets     with something else
 *   dies      over b-device, always       stumbles   over b-device, once
 *   hangs     over b-device               old        knows no compat-props
 *   strange   its target is unknown
 *
 * FAKE_QEMU_LOG names a file to which it adds a line with its process id.
 */
#include <jansson.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static const char types[] =
    "[{'name': 'a-device', 'parent': 'device'},"
    " {'name': 'b-device', 'parent': 'device'},"
    " {'name': 'device', 'parent': 'object', 'abstract': true},"
    " {'name': 'a-device::hotplug', 'parent': 'hotplug'},"
    " {'name': 'object'}]";

static const char concrete[] =
    "[{'name': 'a-device'}, {'name': 'b-device'}, {'name': 'object'}]";

static const char devices[] =
    "[{'name': 'a-device'}, {'name': 'b-device'}, {'name': 'device'}]";

static const char a_properties[] =
    "[{'name': 'queues', 'type': 'uint16', 'default-value': 4},"
    " {'name': 'limit', 'type': 'uint64',"
    "  'default-value': 18446744073709551615},"
    " {'name': 'offset', 'type': 'int32', 'default-value': -1},"
    " {'name': 'mode', 'type': 'OnOffAuto', 'default-value': 'a\\\\uto'},"
    " {'name': 'flag', 'type': 'bool', 'default-value': true},"
    " {'name': 'irq[0]', 'type': 'link<irq>'},"
    " {'name': 'bus', 'type': 'child<bus>'},"
    " {'name': 'drive', 'type': 'str'}]";

static const char b_properties[] =
    "[{'name': 'flag', 'type': 'bool', 'default-value': true}]";

static const char machines[] =
    "[{'name': 'none', 'deprecated': false},"
    " {'name': 'pc-2.0', 'alias': 'pc', 'deprecated': false%s},"
    " {'name': 'pc-1.0', 'deprecated': true%s}]";

static const char entries[] =
    ", 'compat-props': [{'qom-type': 'a-device', 'property': 'queues',"
    " 'value': '1'}]";

/* Written for -dump-vmstate. */
static const char streams[] =
    "{'vmschkmachine': {'Name': 'pc-2.0'}, 'a-device': {'Name': 'a-device',"
    " 'version_id': 2, 'minimum_version_id': 1, 'Description': {"
    "  'name': 'a-state', 'version_id': 2, 'minimum_version_id': 1,"
    "  'Fields': [{'field': 'head', 'version_id': 0, 'field_exists': true,"
    "    'size': 4}, {'field': 'ring', 'version_id': 0,"
    "    'field_exists': false, 'size': 16, 'Description': {'name': 'ring',"
    "     'version_id': 0, 'minimum_version_id': 0, 'Fields': [{"
    "      'field': 'slot', 'version_id': 1, 'field_exists': false,"
    "      'size': 2}]}}],"
    "  'Subsections': [{'name': 'a-state/part', 'version_id': 0,"
    "    'minimum_version_id': 0}]}}}";

static const char *mode;

static void reply(int fd, const char *text)
{
    char *copy = strdup(text);
    for (char *at = copy; *at; at++) {
        *at = *at == '\'' ? '"' : *at;
    }
    if (write(fd, copy, strlen(copy)) < 0 || write(fd, "\r\n", 2) < 0) {
        exit(3);
    }
    free(copy);
}

static void give(int fd, const char *value)
{
    char text[4096];
    snprintf(text, sizeof(text), "{'return': %s}", value);
    reply(fd, "{'event': 'RESUME', 'timestamp': {}}");
    reply(fd, text);
}

/* Whether this process is the first of its kind. */
static bool is_first(void)
{
    char line[64];
    int n = 0;
    FILE *log = fopen(getenv("FAKE_QEMU_LOG"), "r");
    while (log && fgets(line, sizeof(line), log)) {
        n++;
    }
    if (log) {
        fclose(log);
    }
    return n == 1;
}

static void give_properties(int fd, const char *type)
{
    if (!strcmp(type, "a-device")) {
        give(fd, a_properties);
        return;
    }
    if (!strcmp(mode, "hangs")) {
        for (;;) {
            pause();
        }
    }
    if (!strcmp(mode, "dies") || (!strcmp(mode, "stumbles") && is_first())) {
        fprintf(stderr, "fake: one line\nfake: assertion failed\n");
        raise(SIGKILL);
    }
    give(fd, b_properties);
}

static void give_types(int fd, const json_t *arguments)
{
    bool abstract = json_is_true(json_object_get(arguments, "abstract"));
    bool all = !json_object_get(arguments, "implements");
    give(fd, !abstract ? concrete : all ? types : devices);
}

static void give_machines(int fd, const json_t *arguments)
{
    char text[1024];
    bool old = !strcmp(mode, "old");
    if (old && json_object_get(arguments, "compat-props")) {
        reply(fd, "{'error': {'class': 'GenericError',"
              " 'desc': 'unexpected parameter'}}");
        return;
    }
    snprintf(text, sizeof(text), machines, old ? "" : ", 'compat-props': []",
             old ? "" : entries);
    give(fd, text);
}

static void answer(int fd, const json_t *request)
{
    const char *command = json_string_value(json_object_get(request,
                                                            "execute"));
    const json_t *arguments = json_object_get(request, "arguments");
    if (!strcmp(command, "qmp_capabilities")) {
        give(fd, "{}");
    } else if (!strcmp(command, "query-target")) {
        give(fd, !strcmp(mode, "strange") ? "{'arch': 'abacus'}"
                                          : "{'arch': 'x86_64'}");
    } else if (!strcmp(command, "qom-list-types")) {
        give_types(fd, arguments);
    } else if (!strcmp(command, "query-machines")) {
        give_machines(fd, arguments);
    } else if (!strcmp(command, "device-list-properties")) {
        give_properties(fd, json_string_value(json_object_get(arguments,
                                                              "typename")));
    } else {
        reply(fd, "{'error': {'class': 'CommandNotFound', 'desc': 'what?'}}");
    }
}

static int connect_monitor(int argc, char **argv)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    for (int i = 1; i + 1 < argc; i++) {
        if (!strcmp(argv[i], "-qmp") && !strncmp(argv[i + 1], "unix:", 5)) {
            snprintf(address.sun_path, sizeof(address.sun_path), "%s",
                     argv[i + 1] + 5);
        }
    }
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    return connect(fd, (void *)&address, sizeof(address)) ? -1 : fd;
}

/* -dump-vmstate FILE; whether it was asked for. */
static bool dump_streams(int argc, char **argv)
{
    for (int i = 1; i + 1 < argc; i++) {
        if (!strcmp(argv[i], "-dump-vmstate")) {
            FILE *file = fopen(argv[i + 1], "w");
            for (const char *at = streams; file && *at; at++) {
                fputc(*at == '\'' ? '"' : *at, file);
            }
            return file && !fclose(file);
        }
    }
    return false;
}

static void log_start(void)
{
    const char *path = getenv("FAKE_QEMU_LOG");
    FILE *log = path ? fopen(path, "a") : NULL;
    if (log) {
        fprintf(log, "%d\n", (int)getpid());
        fclose(log);
    }
}

int main(int argc, char **argv)
{
    mode = getenv("FAKE_QEMU") ? getenv("FAKE_QEMU") : "";
    log_start();
    if (!strcmp(mode, "ends")) {
        fprintf(stderr, "fake: no room\n");
        return 7;
    }
    if (dump_streams(argc, argv)) {
        return 0;
    }
    int fd = connect_monitor(argc, argv);
    if (fd < 0) {
        return 4;
    }
    reply(fd, !strcmp(mode, "greets") ? "hello" :
          "{'QMP': {'version': {'qemu': {'major': 2, 'minor': 0,"
          " 'micro': 1}, 'package': ' (fake)'}}}");
    FILE *in = fdopen(fd, "r");
    char line[4096];
    while (in && fgets(line, sizeof(line), in)) {
        json_t *request = json_loads(line, 0, NULL);
        answer(fd, request);
        json_decref(request);
    }
    return 0;
}
