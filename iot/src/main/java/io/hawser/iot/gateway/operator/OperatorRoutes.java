package io.hawser.iot.gateway.operator;

import io.hawser.iot.gateway.call.IotDoor;
import io.hawser.net.http.Route;
import java.util.List;

/** What programs of operators ask and say of devices ({@code specs/iot.md} 1.9); what they want devices to do is not here. */
public final class OperatorRoutes {
    private static final String DEVICE = "/apps/{app}/devices/{device}";
    private static final String MODEL = DEVICE + "/deviceModels/{urn}";

    private OperatorRoutes() {}

    /**
     * The routes below {@code root}.
     *
     * @param door lets nobody but operators in
     */
    public static List<Route> of(String root, IotDoor door, OperatorDesk desk) {
        ApplicationCalls applications = new ApplicationCalls(desk);
        DeviceCalls devices = new DeviceCalls(desk);
        DataCalls data = new DataCalls(desk);
        HistoryCalls history = new HistoryCalls(desk);
        return List.of(
                door.operators("GET", root + "/apps", applications::applications),
                door.operators("GET", root + "/apps/{app}/deviceModels", applications::models),
                door.operators("GET", root + "/apps/{app}/deviceApps", applications::deviceApps),
                door.operators("GET", root + "/apps/{app}/devices", devices::devices),
                door.operators("GET", root + "/apps/{app}/devices/count", devices::count),
                door.operators("POST", root + "/apps/{app}/devices/data", data::data),
                door.operators("GET", root + DEVICE, devices::device),
                door.operators("GET", root + DEVICE + "/resources", devices::resources),
                door.operators("GET", root + MODEL + "/attributes", data::attributes),
                door.operators("GET", root + MODEL + "/attributes/{name}", data::attribute),
                door.operators("GET", root + "/messages", history::messages),
                door.operators("GET", root + "/messages/count", history::count),
                door.operators("GET", root + "/apps/{app}/messages", history::messages),
                door.operators("GET", root + "/apps/{app}/messages/count", history::count),
                door.operators("POST", root + "/deviceModels", devices::importModel),
                door.operators("POST", root + "/devices", devices::register),
                door.operators("PATCH", root + "/devices/{device}", devices::change),
                door.operators("POST", root + "/devices/{device}", devices::change));
    }
}
