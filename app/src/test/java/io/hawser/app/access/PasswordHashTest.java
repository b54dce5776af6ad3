package io.hawser.app.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {
    /** Made by the argon2 command of the reference implementation, and by crypt(3). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQxNmJ5dGVzIQ$Cyi3Os69zxIWtcC8nAMiGx652++B6gR5Ba4GcuqFbew",
                "$2b$05$YNpw3UPcTwmKtfgmd51cHu13gkyHr0I5vSm/4BFY4xYmoEzdtNKU2",
            })
    void readsWhatOthersMade(String text) {
        PasswordHash hash = PasswordHash.parse(text);
        assertThat(hash.matches("hunter2")).isTrue();
        assertThat(hash.matches("hunter3")).isFalse();
        assertThat(hash.matches("")).isFalse();
        assertThat(hash).asString().doesNotContain("$");
    }

    @Test
    void ownHashesAreArgon2idWithASaltOfTheirOwn() {
        PasswordHash one = PasswordHash.of("päss wörd");
        assertThat(one.text()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(PasswordHash.of("päss wörd").text()).isNotEqualTo(one.text());
        assertThat(PasswordHash.parse(one.text()).matches("päss wörd")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter2",
                "",
                "$argon2id$",
                "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQxNmJ5dGVzIQ",
                "$argon2id$v=19$m=99999999,t=2,p=1$c2FsdHNhbHQxNmJ5dGVzIQ$Cyi3Os69zxIWtcC8nAMiGx652++B6gR5Ba4GcuqFbew",
                "$argon2i$v=19$m=19456,t=2,p=1$c2FsdHNhbHQxNmJ5dGVzIQ$Cyi3Os69zxIWtcC8nAMiGx652++B6gR5Ba4GcuqFbew",
                "$argon2id$v=19$m=19456,t=99,p=1$c2FsdHNhbHQxNmJ5dGVzIQ$Cyi3Os69zxIWtcC8nAMiGx652++B6gR5Ba4GcuqFbew",
                "$2b$31$YNpw3UPcTwmKtfgmd51cHu13gkyHr0I5vSm/4BFY4xYmoEzdtNKU2",
                "$2b$05$short",
                "$1$salt$md5",
            })
    void whatIsNoHashIsRefused(String text) {
        assertThatThrownBy(() -> PasswordHash.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hawser passwd");
    }
}
