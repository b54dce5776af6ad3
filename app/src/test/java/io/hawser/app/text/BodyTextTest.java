package io.hawser.app.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The body grammar: what is typed, and the fields that come of it. */
class BodyTextTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            x=1.5 text=hello       | {x=1.5, text="hello"}
            n=7                    | {n=7}
            n=-7                   | {n=-7}
            n=+7                   | {n="+7"}
            n=007                  | {n=7}
            n=9223372036854775807  | {n=9223372036854775807}
            n=9223372036854775808  | {n="9223372036854775808"}
            d=2e3                  | {d=2000.0}
            d=-.5                  | {d=-0.5}
            d=3.                   | {d=3.0}
            d=.                    | {d="."}
            d=NaN                  | {d="NaN"}
            d=1.5m                 | {d="1.5m"}
            s=                     | {s=""}
            s=a=b                  | {s="a=b"}
            s="two words" n=1      | {s="two words", n=1}
            s="7"                  | {s="7"}
            s=""                   | {s=""}
            s="a \\" b \\\\ c"     | {s="a " b \\ c"}
            s=a"b                  | {s="a"b"}
            `  a=1 \t b=2  `       | {a=1, b=2}
            a.b-c_d=1              | {a.b-c_d=1}
            world                  | {text="world"}
            hello world            | {text="hello world"}
            x=1 is true            | {text="x=1 is true"}
            s="open                | {text="s="open"}
            s="a"b                 | {text="s="a"b"}
            s="a\\"                | {text="s="a\\""}
            =1                     | {text="=1"}
            x =1                   | {text="x =1"}
            http://a/?b=c          | {text="http://a/?b=c"}
            1=2                    | {text="1=2"}
            ``                     | {text=""}
            `  `                   | {text="  "}
            {"a":1}                | {text="{"a":1}"}
            """)
    void readsPairsOrText(String body, String fields) {
        assertThat(BodyText.read(body)).hasToString(fields);
    }

    @Test
    void refusesAFieldThatStandsTwice() {
        assertThatThrownBy(() -> BodyText.read("a=1 a=2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the field a stands twice");
    }

    @Test
    void refusesReservedNames() {
        assertThatThrownBy(() -> BodyText.read("a=1 _dest=x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the field name _dest is reserved: it begins with '_'");
    }
}
