package io.hawser.eftl.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is no frame, the code it is answered with, and what the reason says. */
class MalformedFramesTest {
    private final EftlCodec codec = new EftlCodec(EftlLimits.DEFAULT);

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', emptyValue = "", textBlock = """
            ``                                  ~ 1002 ~ must be one JSON object
            ` `                                 ~ 1002 ~ must be one JSON object
            x                                   ~ 1002 ~ not valid JSON
            null                                ~ 1002 ~ must be one JSON object
            0                                   ~ 1002 ~ must be one JSON object
            "op"                                ~ 1002 ~ must be one JSON object
            [{"op":0}]                          ~ 1002 ~ must be one JSON object
            [{"op":8,"seq":1,"body":{}},{"op":0}] ~ 1002 ~ must be one JSON object
            {                                   ~ 1002 ~ not valid JSON
            {"op"                               ~ 1002 ~ not valid JSON
            {"op":                              ~ 1002 ~ not valid JSON
            {"op":0                             ~ 1002 ~ not valid JSON
            {"op":0,}                           ~ 1002 ~ not valid JSON
            {"op":0}}                           ~ 1002 ~ not valid JSON
            {"op":0}x                           ~ 1002 ~ not valid JSON
            {"op":0}{"op":0}                    ~ 1002 ~ after the frame
            {"op":0} 1                          ~ 1002 ~ after the frame
            {'op':0}                            ~ 1002 ~ not valid JSON
            {op:0}                              ~ 1002 ~ not valid JSON
            {"op":00}                           ~ 1002 ~ not valid JSON
            {"op":+1}                           ~ 1002 ~ not valid JSON
            {"op":NaN}                          ~ 1002 ~ not valid JSON
            {"op":0/*x*/}                       ~ 1002 ~ not valid JSON
            {}                                  ~ 1002 ~ op is missing
            {"seq":1,"body":{}}                 ~ 1002 ~ op is missing
            {"op":null}                         ~ 1002 ~ op is missing
            {"op":"8","seq":1,"body":{}}        ~ 1002 ~ op must be an integer
            {"op":8.0,"seq":1,"body":{}}        ~ 1002 ~ op must be an integer
            {"op":true}                         ~ 1002 ~ op must be an integer
            {"op":[8]}                          ~ 1002 ~ op must be an integer
            {"op":{"op":8}}                     ~ 1002 ~ op must be an integer
            {"op":99999999999999999999}         ~ 1002 ~ op must be an integer
            {"op":1,"user":5}                   ~ 1002 ~ user must be a string
            {"op":1,"password":{}}              ~ 1002 ~ password must be a string
            {"op":1,"client_id":true}           ~ 1002 ~ client_id must be a string
            {"op":1,"protocol":"1"}             ~ 1002 ~ protocol must be an integer
            {"op":1,"protocol":3000000000}      ~ 1002 ~ protocol is out of range
            {"op":1,"max_pending_acks":1.5}     ~ 1002 ~ max_pending_acks must be an integer
            {"op":1,"login_options":[]}         ~ 1002 ~ login_options must be a JSON object
            {"op":1,"login_options":"x"}        ~ 1002 ~ login_options must be a JSON object
            {"op":3}                            ~ 20   ~ id is missing
            {"op":3,"id":""}                    ~ 20   ~ id is missing
            {"op":3,"id":null}                  ~ 20   ~ id is missing
            {"op":3,"id":1}                     ~ 20   ~ id must be a string
            {"op":3,"id":"1","matcher":{"a":1}} ~ 22   ~ matcher must be a string
            {"op":3,"id":"1","ack":"Client"}    ~ 22   ~ ack must be
            {"op":3,"id":"1","ack":1}           ~ 22   ~ ack must be a string
            {"op":3,"id":"1","type":"queue"}    ~ 22   ~ type must be
            {"op":3,"id":"1","durable":7}       ~ 22   ~ durable must be a string
            {"op":3,"id":"1","stopped":2}       ~ 22   ~ stopped must be true or false
            {"op":3,"id":"1","stopped":"no"}    ~ 22   ~ stopped must be true or false
            {"op":3,"id":"1","stopped":[]}      ~ 22   ~ stopped must be true or false
            {"op":3,"id":"1","regexp":["x"]}    ~ 22   ~ regexp must be a string
            {"op":5}                            ~ 20   ~ id is missing
            {"op":5,"id":"1","del":"never"}     ~ 20   ~ del must be true or false
            {"op":8}                            ~ 11   ~ body is missing
            {"op":8,"seq":1,"body":null}        ~ 11   ~ body is missing
            {"op":8,"seq":1,"body":"x"}         ~ 11   ~ body must be a JSON object
            {"op":8,"seq":1,"body":[{}]}        ~ 11   ~ body must be a JSON object
            {"op":8,"seq":"1","body":{}}        ~ 11   ~ seq must be an integer
            {"op":8,"seq":1.0,"body":{}}        ~ 11   ~ seq must be an integer
            {"op":8,"seq":{},"body":{}}         ~ 11   ~ seq must be an integer
            {"op":8,"seq":9223372036854775808,"body":{}} ~ 11 ~ seq must be an integer
            {"op":8,"seq":1,"body":{"":1}}      ~ 11   ~ name is empty
            {"op":8,"seq":1,"body":{"a":}}      ~ 11   ~ not valid JSON
            {"op":8,"seq":1,"body":{"a":[1,]}}  ~ 11   ~ not valid JSON
            {"op":8,"seq":1,"body":{"a":"\\u%04x"}} ~ 11 ~ not valid JSON
            {"op":8,"seq":1,"body":{"\\ud800":1}} ~ 11 ~ not valid JSON
            {"op":8,"seq":1,"body":{"_d_":1.5}} ~ 11   ~ single value
            {"op":8,"body":{"a":{"_d_":null}}}  ~ 11   ~ _d_ must be
            {"op":8,"body":{"a":{"_d_":"1.5"}}} ~ 11   ~ _d_ must be
            {"op":8,"body":{"a":{"_d_":"nan"}}} ~ 11   ~ _d_ must be
            {"op":8,"body":{"a":{"_d_":[1]}}}   ~ 11   ~ _d_ must be
            {"op":8,"body":{"a":{"_m_":"1"}}}   ~ 11   ~ _m_ must be
            {"op":8,"body":{"a":{"_m_":{}}}}    ~ 11   ~ _m_ must be
            {"op":8,"body":{"a":{"_o_":1}}}     ~ 11   ~ _o_ must be
            {"op":8,"body":{"a":{"_o_":"*"}}}   ~ 11   ~ _o_ is not base64
            {"op":8,"body":{"a":{"_o_":"AAE_"}}} ~ 11  ~ _o_ is not base64
            {"op":8,"body":{"a":[{"_o_":"A"}]}} ~ 11   ~ _o_ is not base64
            {"op":9}                            ~ 1002 ~ seq is missing
            {"op":9,"seq":"1"}                  ~ 1002 ~ seq must be an integer
            {"op":9,"seq":1,"id":2}             ~ 1002 ~ id must be a string
            {"op":11,"reason":1}                ~ 1002 ~ reason must be a string
            {"op":13,"body":{}}                 ~ 41   ~ seq is missing
            {"op":13,"seq":1}                   ~ 41   ~ body is missing
            {"op":15,"seq":1,"body":{},"req":1} ~ 11   ~ to is missing
            {"op":15,"seq":1,"body":{},"to":"x"} ~ 11  ~ req is missing
            {"op":15,"seq":1,"body":{},"to":"x","req":"1"} ~ 11 ~ req must be an integer
            {"op":16}                           ~ 30   ~ map is missing
            {"op":18,"map":5}                   ~ 30   ~ map must be a string
            {"op":20,"map":"m","value":{}}      ~ 30   ~ key is missing
            {"op":20,"map":"m","key":"k"}       ~ 30   ~ value is missing
            {"op":20,"map":"m","key":"k","value":1} ~ 30 ~ value must be a JSON object
            {"op":22,"map":"m","key":""}        ~ 30   ~ key is missing
            {"op":24,"key":"k"}                 ~ 30   ~ map is missing
            {"op":28,"seq":1}                   ~ 20   ~ id is missing
            {"op":28,"id":"1"}                  ~ 50   ~ seq is missing
            {"op":30}                           ~ 20   ~ id is missing
            """)
    void isRefusedWithACodeAndAReason(String text, int code, String reason) {
        ProtocolException refused = Malformed.of(codec, text.getBytes(UTF_8)).orElseThrow();

        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.reason()).contains(reason);
        assertThat(refused.fatal()).isEqualTo(code >= 1000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            {"op":2}                                    ~ 1002 ~ client_id is missing
            {"op":2,"client_id":"x","timeout":"600"}    ~ 1002 ~ timeout must be an integer
            {"op":2,"client_id":"x","_qos":"yes"}       ~ 1002 ~ _qos must be true or false
            {"op":4}                                    ~ 20   ~ id is missing
            {"op":6,"id":"1","err":"22"}                ~ 22   ~ err must be an integer
            {"op":7,"seq":1,"body":{}}                  ~ 20   ~ to is missing
            {"op":7,"to":"1","seq":1}                   ~ 11   ~ body is missing
            {"op":7,"to":"1","seq":1,"sid":"2","body":{}} ~ 11 ~ sid must be an integer
            {"op":7,"to":"1","seq":1,"body":{"a":{"_d_":"x"}}} ~ 11 ~ _d_ must be
            {"op":9}                                    ~ 1002 ~ seq is missing
            {"op":10,"err":1.5}                         ~ 1002 ~ err must be an integer
            {"op":14,"body":{}}                         ~ 41   ~ seq is missing
            {"op":26,"seq":1,"value":[]}                ~ 30   ~ value must be a JSON object
            {"op":31}                                   ~ 20   ~ to is missing
            """)
    void aServersFrameIsRefusedToo(String text, int code, String reason) {
        ProtocolException refused =
                Malformed.ofServer(codec, text.getBytes(UTF_8)).orElseThrow();

        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.reason()).contains(reason);
    }
}
