package io.hawser.verify.page;

import java.util.List;
import java.util.stream.Stream;

/** A hundred texts that become markup, script or something else than text wherever a page is careless. */
final class HostileTexts {
    private static final List<String> PAYLOADS = List.of(
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<svg onload=alert(1)>",
            "<svg><script>alert(1)</script></svg>",
            "<iframe src=javascript:alert(1)></iframe>",
            "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
            "<body onload=alert(1)>",
            "<input autofocus onfocus=alert(1)>",
            "<details open ontoggle=alert(1)>",
            "<a href=javascript:alert(1)>x</a>",
            "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
            "<object data=javascript:alert(1)></object>",
            "<embed src=javascript:alert(1)>",
            "<link rel=stylesheet href=//evil.example/x.css>",
            "<style>*{display:none}</style>",
            "<base href=//evil.example/>",
            "<meta http-equiv=refresh content='0;url=//evil.example'>",
            "<form action=//evil.example><button>x</button></form>",
            "<video><source onerror=alert(1)></video>",
            "javascript:alert(1)",
            "${alert(1)}",
            "{{constructor.constructor('alert(1)')()}}",
            "__proto__",
            "constructor",
            "\u202Egnp.exe\u0000\u2028");

    private HostileTexts() {}

    /** All of them. */
    static List<String> all() {
        return PAYLOADS.stream()
                .flatMap(text -> Stream.of(text, "\"" + text, "'/\"" + text + "<!--", "--></title></textarea>" + text))
                .toList();
    }

    /** What of {@code text} may stand in a topic's segment. */
    static String segment(String text) {
        return text.replaceAll("[*>/\\p{Cc}]", " ");
    }
}
