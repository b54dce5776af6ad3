package io.hawser.app.admin.entry;

import io.hawser.core.access.Action;
import io.hawser.net.http.Route;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The one table of what each route of the admin listener needs. A route that is missing here does not start. */
final class Needs {
    /** Method, path, what rules must allow on {@code admin/...}, and what else on which topics. */
    private static final String TABLE = """
            GET    /clients                                  admin.read
            GET    /clients/{id}                             admin.read
            GET    /clients/{id}/events                      admin.read
            DELETE /clients/{id}                             admin.operate
            GET    /subscriptions                            admin.read
            GET    /ivy                                      admin.read
            GET    /links                                    admin.read
            GET    /live                                     admin.read
            GET    /series                                   admin.read
            GET    /events                                   admin.read
            GET    /counters                                 admin.read
            GET    /metrics/durables                         admin.read
            POST   /publish                                  admin.operate
            GET    /retained                                 admin.read     subscribe    >
            DELETE /retained/{topic}                         admin.operate  publish      {topic}
            GET    /durables                                 admin.read
            GET    /durables/{name}                          admin.read
            GET    /durables/{name}/messages                 admin.read     subscribe    >
            DELETE /durables/{name}/messages                 admin.write
            DELETE /durables/{name}                          admin.write
            GET    /kv                                       admin.read
            GET    /kv/{map}                                 admin.read     kv.read      {map}/>
            GET    /kv/{map}/{key*}                          admin.read     kv.read      {map}/{key}
            POST   /kv/{map}/{key*}                          admin.operate  kv.write     {map}/{key}
            DELETE /kv/{map}/{key*}                          admin.operate  kv.write     {map}/{key}
            GET    /files                                    admin.read
            GET    /files/{owner}                            admin.read
            GET    /files/{owner}/{name*}                    admin.read     file.read    {owner}/{name}
            DELETE /files/{owner}/{name*}                    admin.operate  file.send    {owner}/{name}
            POST   /uploads                                  admin.operate
            GET    /uploads/{upload}                         admin.operate
            POST   /uploads/{upload}                         admin.operate
            POST   /uploads/{upload}/commit                  admin.operate
            DELETE /uploads/{upload}                         admin.operate
            GET    /store                                    admin.read
            GET    /backup                                   admin.write
            GET    /config                                   admin.read
            POST   /reload                                   admin.write
            POST   /drain                                    admin.write
            GET    /traces                                   admin.read
            POST   /traces                                   admin.operate  subscribe    >
            GET    /traces/{id}                              admin.read     subscribe    >
            DELETE /traces/{id}                              admin.operate
            GET    /openapi.json                             admin.read
            GET    /acl                                      admin.read
            GET    /audit                                    admin.write
            GET    /audit/verify                             admin.write
            GET    /fleet                                    admin.read     subscribe    clever/>
            GET    /fleet/check                              admin.read     subscribe    clever/>
            POST   /fleet/command                            admin.operate
            POST   /fleet/request                            admin.operate
            POST   /fleet/start                              admin.operate
            POST   /fleet/file                               admin.operate  file.send    clever/>
            POST   /fleet/fetch                              admin.operate  file.read    clever/>
            GET    /applications                             admin.read
            POST   /applications                             admin.write
            DELETE /applications/{application}               admin.write
            GET    /integrations                             admin.read
            POST   /integrations                             admin.write
            POST   /integrations/{integration}/rotate        admin.write
            POST   /integrations/{integration}/provisioning  admin.write
            DELETE /integrations/{integration}               admin.write
            GET    /devices                                  admin.read
            POST   /devices                                  admin.write
            GET    /devices/{device}                         admin.read
            DELETE /devices/{device}                         admin.write
            GET    /devices/{device}/attributes              admin.read     subscribe    iot/>
            GET    /devices/{device}/messages                admin.read     subscribe    iot/>
            GET    /devices/{device}/commands                admin.read     subscribe    iot/>
            POST   /devices/{device}/commands                admin.operate
            GET    /commands/{command}                       admin.read     subscribe    iot/>
            DELETE /commands/{command}                       admin.operate  device.call  iot/>
            POST   /devices/{device}/enable                  admin.write
            POST   /devices/{device}/disable                 admin.write
            POST   /devices/{device}/decommission            admin.write
            POST   /devices/{device}/revoke                  admin.write
            POST   /devices/{device}/rotate                  admin.write
            POST   /devices/{device}/provisioning            admin.write
            GET    /models                                   admin.read
            POST   /models                                   admin.write
            GET    /models/{urn}                             admin.read
            DELETE /models/{urn}                             admin.write
            GET    /policies                                 admin.read
            POST   /policies                                 admin.write
            GET    /policies/{policy}                        admin.read
            POST   /policies/{policy}                        admin.write
            DELETE /policies/{policy}                        admin.write
            POST   /policies/{policy}/assign                 admin.write
            POST   /policies/{policy}/unassign               admin.write
            """;

    private static final Map<String, Need> ALL = TABLE.lines()
            .map(line -> line.split(" +", -1))
            .collect(Collectors.toMap(
                    row -> row[0] + " " + row[1], Needs::need, (one, same) -> one, LinkedHashMap::new));

    private Needs() {}

    /** Each route of the table as {@code METHOD /path}. */
    static Stream<String> routes() {
        return ALL.keySet().stream();
    }

    /**
     * What {@code route} needs.
     *
     * @throws IllegalStateException if the table does not say
     */
    static Need of(Route route) {
        return Optional.ofNullable(ALL.get(route.method() + " " + route.pattern()))
                .orElseThrow(() -> new IllegalStateException(
                        "nobody says what " + route.method() + " " + route.pattern() + " needs; Needs.java must"));
    }

    private static Need need(String[] row) {
        String topic = "admin"
                + Stream.of(row[1].split("/", -1))
                        .filter(part -> !part.isEmpty() && !part.startsWith("{"))
                        .map(part -> "/" + part)
                        .collect(Collectors.joining());
        return new Need(
                action(row[2]),
                topic,
                row.length > 4 ? Optional.of(new Need.Contents(action(row[3]), row[4])) : Optional.empty());
    }

    private static Action action(String label) {
        return Action.labelled(label).orElseThrow(() -> new IllegalStateException("no action " + label));
    }
}
