package dev.gatehouse.example.web;

import dev.gatehouse.signin.DeviceRepository;
import dev.gatehouse.signin.KnownDevice;
import dev.gatehouse.signin.KnownDevices;
import dev.gatehouse.signin.SessionCutoff;
import dev.gatehouse.signin.SessionCutoffRepository;

/** The browsers that an account is known in, and its other sessions. */
final class DevicePages {
    private final KnownDevices known;
    private final Devices devices;
    private final SessionCutoff cutoff;

    DevicePages(KnownDevices known, Devices devices, SessionCutoff cutoff) {
        this.known = known;
        this.devices = devices;
        this.cutoff = cutoff;
    }

    Reply overview(Visit visit) {
        return Reply.page("devices.jte", "Known browsers and sessions")
                .with("devices", known.list(visit.owner().id()))
                .with(
                        "present",
                        devices.of(visit, visit.owner()).map(KnownDevice::id).orElse(""));
    }

    Reply revoke(Visit visit) {
        DeviceRepository.Removal removal = known.revoke(visit.owner().id(), visit.field("id"), visit.network());
        if (removal == DeviceRepository.Removal.REMOVED) {
            visit.note(Note.Kind.SUCCESS, "The browser is not known any more.");
        }
        return Reply.to(Site.DEVICES);
    }

    Reply revokeAll(Visit visit) {
        known.revokeAll(visit.owner().id(), visit.network());
        visit.note(Note.Kind.SUCCESS, "No browser is known any more.");
        return Reply.to(Site.DEVICES);
    }

    Reply endOthers(Visit visit) {
        SessionCutoffRepository.Ended ended = cutoff.endOthers(
                visit.owner().id(),
                visit.visitor().handle(),
                visit.visitor().since().orElseThrow(),
                FactorPages.origin(visit));
        if (ended == SessionCutoffRepository.Ended.ENDED) {
            visit.note(Note.Kind.SUCCESS, "All your other sessions are over.");
        }
        return Reply.to(Site.DEVICES);
    }
}
