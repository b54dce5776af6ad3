package io.hawser.iot.gateway;

import io.hawser.iot.gateway.storage.StorageLimits;
import io.hawser.iot.registry.RegistryLimits;
import io.hawser.net.tls.TlsIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What the hub is for devices of Oracle IoT Cloud Service and their operators.
 *
 * @param host the address to listen on, {@code 0.0.0.0} for all
 * @param port the TCP port; 0: any that is free
 * @param tls who the hub is: the original clients speak HTTPS alone
 * @param url what devices are told in their provisioning file: where the hub is; empty: {@code https://localhost} and the port
 * @param trust the file of the certificates that they are told to trust, PEM; empty: what they trust anyway
 * @param tokenLife how long an access token is good
 * @param pollHold how long a poll waits for a request
 * @param answerTimeout how long a device may take to answer a request that it was handed
 * @param commandExpiry how long a request waits for a device that is away
 * @param silence after so long without a sign a device counts as offline
 * @param maxBodyBytes the longest body of a call
 * @param maxBatch the most messages in one call
 * @param messageRate how many messages a device may bring each second, over ten seconds; 0: as many as it can
 * @param files how much is kept of the files of devices
 * @param registry how much is kept of everything else about devices
 */
public record IotSettings(
        String host,
        int port,
        TlsIdentity tls,
        Optional<String> url,
        Optional<Path> trust,
        Duration tokenLife,
        Duration pollHold,
        Duration answerTimeout,
        Duration commandExpiry,
        Duration silence,
        int maxBodyBytes,
        int maxBatch,
        int messageRate,
        StorageLimits files,
        RegistryLimits registry) {
    /** On loopback, with the default of every limit. */
    public static IotSettings of(TlsIdentity tls) {
        return new IotSettings(
                "127.0.0.1",
                9443,
                tls,
                Optional.empty(),
                Optional.empty(),
                Duration.ofHours(1),
                Duration.ofSeconds(12),
                Duration.ofSeconds(60),
                Duration.ofDays(1),
                Duration.ofSeconds(60),
                4 << 20,
                1_000,
                0,
                StorageLimits.DEFAULT,
                RegistryLimits.DEFAULT);
    }

    /** These at another port. */
    public IotSettings withPort(int other) {
        return new IotSettings(
                host,
                other,
                tls,
                url,
                trust,
                tokenLife,
                pollHold,
                answerTimeout,
                commandExpiry,
                silence,
                maxBodyBytes,
                maxBatch,
                messageRate,
                files,
                registry);
    }

    /** These with other times. */
    public IotSettings withTimes(Duration token, Duration poll, Duration answer, Duration expiry, Duration quiet) {
        return new IotSettings(
                host,
                port,
                tls,
                url,
                trust,
                token,
                poll,
                answer,
                expiry,
                quiet,
                maxBodyBytes,
                maxBatch,
                messageRate,
                files,
                registry);
    }

    /** These with other limits. */
    public IotSettings withLimits(int rate, StorageLimits stored, RegistryLimits known) {
        return new IotSettings(
                host,
                port,
                tls,
                url,
                trust,
                tokenLife,
                pollHold,
                answerTimeout,
                commandExpiry,
                silence,
                maxBodyBytes,
                maxBatch,
                rate,
                stored,
                known);
    }
}
