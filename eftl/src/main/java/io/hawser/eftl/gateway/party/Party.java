package io.hawser.eftl.gateway.party;

import io.hawser.core.route.Bus;
import io.hawser.core.session.Owner;
import io.hawser.eftl.gateway.channel.EftlClient;
import io.hawser.eftl.gateway.channel.EftlMapping;
import io.hawser.eftl.gateway.kept.EftlLineage;
import io.hawser.eftl.wire.EftlCodec;

/**
 * What the parts of one session share.
 *
 * @param bus what it is joined to
 * @param owner runs everything that is the session's
 * @param codec reads and writes
 * @param output what is said to the client
 * @param intake whether more is read from it
 * @param mapping what its channel makes of messages
 * @param client who it is
 * @param lineage under which its publications are known
 */
public record Party(
        Bus bus,
        Owner owner,
        EftlCodec codec,
        Output output,
        Intake intake,
        EftlMapping mapping,
        EftlClient client,
        EftlLineage lineage) {}
