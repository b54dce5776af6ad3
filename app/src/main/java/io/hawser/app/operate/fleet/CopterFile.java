package io.hawser.app.operate.fleet;

import java.util.Locale;

/** The kinds of files that original copters know, and where they have them ({@code specs/clever.md} 2.4). */
enum CopterFile {
    /** What it flies; read again as soon as it changes. */
    ANIMATION("animation.csv", ""),
    /** Of the camera. */
    CALIBRATION("{clover_dir}/camera_info/calibration.yaml", ""),
    /** Of the markers on the ground. */
    MAP("{clover_dir}/../aruco_pose/map/animation_map.txt", "send service_restart --kwargs '{\"name\": \"clover\"}'"),
    /** How its programs are started. */
    LAUNCH("{clover_dir}/launch/{name}", "send service_restart --kwargs '{\"name\": \"clover\"}'"),
    /** Of the autopilot. */
    PARAMS("temp.params", "request load_params");

    private static final String NAME = "{name}";

    private final String path;
    private final String then;

    CopterFile(String path, String then) {
        this.path = path;
        this.then = then;
    }

    /** Where copters have it that is called {@code name} here. */
    String path(String name) {
        return path.replace(NAME, name);
    }

    /** The command of {@code hawser fleet} without which copters do not use it; empty: they use it at once. */
    String then() {
        return then;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
