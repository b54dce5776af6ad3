package io.hawser.app.admin.openapi;

import io.hawser.app.text.JsonText;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.net.http.HttpResponse;
import io.hawser.net.http.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The routes of an admin listener as OpenAPI 3.1 describes them: those of this hub, without what only hubs with copters or devices have,
 * if it has none.
 *
 * <pre>
 *   GET /openapi.json
 * </pre>
 */
public final class ApiDescription {
    private static final String PATTERN = "/openapi.json";
    private static final Pattern PART = Pattern.compile("\\{([a-z]+)\\*?}");
    private static final String SCHEMAS = "#/components/schemas/";

    private ApiDescription() {}

    /**
     * Answers with the description of {@code routes}, and of itself.
     *
     * @param version the program's
     */
    public static Route of(List<Route> routes, String version) {
        List<Route> all = new ArrayList<>(routes);
        all.add(Route.get(PATTERN, exchange -> {}));
        String text = JsonText.write(document(all, version));
        return Route.get(PATTERN, exchange -> exchange.answer(HttpResponse.json(200, text)));
    }

    private static Fields document(List<Route> routes, String version) {
        RouteTable table = RouteTable.read();
        Map<String, Fields.Builder> paths = new LinkedHashMap<>();
        for (Route route : routes) {
            paths.computeIfAbsent(route.pattern().replace("*}", "}"), path -> Fields.builder())
                    .put(route.method().toLowerCase(Locale.ROOT), new Value.Nested(operation(table.of(route))));
        }
        Fields.Builder all = Fields.builder();
        paths.forEach((path, operations) -> all.put(path, new Value.Nested(operations.build())));
        return Fields.builder()
                .put("openapi", "3.1.0")
                .put("info", object("title", "Hawser, administration", "version", version))
                .put("servers", list(object("url", "/api/v1")))
                .put("security", list(new Value.Nested(Fields.of("token", list()))))
                .put("paths", new Value.Nested(all.build()))
                .put("components", new Value.Nested(components()))
                .build();
    }

    private static Fields operation(RouteTable.Row row) {
        List<Value> parameters = new ArrayList<>();
        Matcher part = PART.matcher(row.pattern());
        while (part.find()) {
            parameters.add(parameter(part.group(1), "path", true));
        }
        row.query().forEach(name -> parameters.add(parameter(name, "query", false)));
        Fields.Builder operation = Fields.builder()
                .put("operationId", id(row))
                .put("tags", list(Value.of(row.pattern().split("/", -1)[1])))
                .put("summary", row.summary())
                .put("parameters", new Value.Sequence(parameters));
        if (row.method().equals("POST")) {
            operation.put(
                    "requestBody",
                    new Value.Nested(
                            Fields.of("content", new Value.Nested(Fields.of("application/json", schema("Row"))))));
        }
        Fields answers = Fields.builder()
                .put("200", answer(row.answer()))
                .put("default", object("$ref", "#/components/responses/Error"))
                .build();
        return operation.put("responses", new Value.Nested(answers)).build();
    }

    private static String id(RouteTable.Row row) {
        StringBuilder id = new StringBuilder(row.method().toLowerCase(Locale.ROOT));
        for (String word : row.pattern().split("[^a-z]+", -1)) {
            id.append(word.isEmpty() ? "" : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return id.toString();
    }

    private static Value parameter(String name, String in, boolean required) {
        return new Value.Nested(Fields.builder()
                .put("name", name)
                .put("in", in)
                .put("required", Value.of(required))
                .put("schema", object("type", "string"))
                .build());
    }

    private static Value answer(String kind) {
        Fields content =
                switch (kind) {
                    case "page" -> Fields.of("application/json", schema("Page"));
                    case "items" -> Fields.of("application/json", schema("Items"));
                    case "bytes" -> Fields.of("application/octet-stream", new Value.Nested(Fields.EMPTY));
                    case "lines" -> Fields.of("application/x-ndjson", schema("Row"));
                    default -> Fields.of("application/json", schema("Row"));
                };
        return new Value.Nested(Fields.builder()
                .put("description", "it is done, or this is it")
                .put("content", new Value.Nested(content))
                .build());
    }

    private static Value schema(String name) {
        return new Value.Nested(Fields.of("schema", object("$ref", SCHEMAS + name)));
    }

    private static Fields components() {
        Fields failed = Fields.builder()
                .put("description", "it is not done, and this is why")
                .put("content", new Value.Nested(Fields.of("application/json", schema("Error"))))
                .build();
        return Fields.builder()
                .put(
                        "securitySchemes",
                        new Value.Nested(Fields.of("token", object("type", "http", "scheme", "bearer"))))
                .put("responses", new Value.Nested(Fields.of("Error", new Value.Nested(failed))))
                .put("schemas", new Value.Nested(schemas()))
                .build();
    }

    private static Fields schemas() {
        Value whole = object("type", "integer");
        Value rows = new Value.Nested(Fields.builder()
                .put("type", "array")
                .put("items", object("$ref", SCHEMAS + "Row"))
                .build());
        Fields items = Fields.builder()
                .put("items", rows)
                .put("next", new Value.Nested(Fields.EMPTY))
                .build();
        Fields page = Fields.builder()
                .put("total", whole)
                .put("offset", whole)
                .put("items", rows)
                .build();
        Fields error = Fields.builder()
                .put("code", whole)
                .put("reason", object("type", "string"))
                .build();
        return Fields.builder()
                .put("Row", object("type", "object", "description", "What the command line prints with -o json."))
                .put("Items", shape(items))
                .put("Page", shape(page))
                .put("Error", shape(Fields.of("error", shape(error))))
                .build();
    }

    private static Value shape(Fields properties) {
        return new Value.Nested(Fields.builder()
                .put("type", "object")
                .put("properties", new Value.Nested(properties))
                .build());
    }

    private static Value object(String... namesAndTexts) {
        Fields.Builder object = Fields.builder();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            object.put(namesAndTexts[i], namesAndTexts[i + 1]);
        }
        return new Value.Nested(object.build());
    }

    private static Value list(Value... values) {
        return new Value.Sequence(Stream.of(values).toList());
    }
}
