using Xunit;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>Names that tools leave to an archive, or to a part of one, which is then no archive by its name.</summary>
public static class LostNames
{
    private static readonly string[] Names =
    [
        // Browsers and download tools.
        "platform.tar.crdownload", "Unconfirmed 485932.crdownload", "platform.tar.opdownload", "platform.tar.download",
        "platform.tar.aria2", "platform.tar.partial", "platform.crdownload", "platform (1).tar", "platform(1).tar",
        "platform.tar.1", "platform.tar (1)", "platform.tar.htm", "platform.tar.txt", "platform.tar.html",
        "platform.tar.!qB", "platform.tar.!ut", "platform.tar.bc!", "platform.tar.fdmdownload", "platform.tar?raw=true",
        "platform%2Etar", "platform_tar", "platform-tar.bin", "platform.bin", "platform.dat",

        // Copying over a network.
        "platform.tar.filepart", ".platform.tar.AbC123", ".platform.tar.~tmp~", ".in.platform.tar.",
        "platform.tar.4f3a2b1c.partial", ".goutputstream-XK2Y3Z", "platform.tar.inprogress", "platform.tar.swp",

        // Synchronisation and cloud drives.
        ".syncthing.platform.tar.tmp", "~syncthing~platform.tar.tmp",
        "platform.sync-conflict-20261130-120000-ABCDEFG.tar",
        "platform (conflicted copy 2026-11-30 120000).tar", "platform (Anna's conflicted copy).tar",
        "platform.tar.nextcloud", ".platform.tar.icloud", ".platform.tar.~4f5a", "platform.tar.owncloud",
        "platform.tar_conflict-20261130-120000",

        // File managers.
        "platform - Copy.tar", "platform.tar - Copy", "platform copy.tar", "Copy of platform.tar", "platform 2.tar",
        "platform — копия.tar", "platform - Kopie.tar", "platform.tar.lnk", "platform.tar.bak", "platform.tar~",
        "platform.tar.old", "platform.old", "platform - Copy", "module-console 2", "module-console",

        // Compression, encryption, splitting.
        "platform.tar.gz", "platform.tar.zst", "platform.tar.xz", "platform.tar.bz2", "platform.tar.7z",
        "platform.tar.zip", "platform.tgz", "platform.zip", "platform.tar.gpg", "platform.tar.enc", "platform.tar.001",
        "platform.tar.0000", "platform.tar.00", "platform.tar.aa", "platform.taraa", "platform.tar.part1.rar",
        "platform.7z.001", "platform.tar.z01", "platform.tar.0000.chunk.gz", "platform.tar.0000.chunk.filepart",
        "platform.tar.0000.chunk (1)", "platform.tar.0000.chunk~", "platform.0000",

        // Spellings.
        "PLATFORM.TAR", "Platform.tar", "platform.TAR", "PLATFORM.TAR;1", "PLATFO~1.TAR", "MODULE~1.CHU",
        "PLATFORM.TAR.GZ",
        "platform.tar ", "platform.tar.", " platform.tar", "platform.tar..", "platform .tar", "platform. tar", ".tar",
        "platform\uff0etar", "\uff50latform.tar", "platform\u3002tar", "platform.t\u0430r", "platform.tar\u200b",
        "platform\u00ad.tar", "platform.tar\uf029", "platform\u202erat.", "platform.tar\r", "mod\u0443le.tar",
        "-platform.tar", "::stop-commands::x.tar", "module--.tar", "MODULE-CONSOLE.TAR.0000.CHUNK",
        "platform.tar.0000.CHUNK", "platform.t\u0101r", "security", "security.db", "installer.img", "package-versions",
        "plugin-system.zip", "deckhouse-cli", "deckhouse-cli.img", "DECKHO~1.CHU",
    ];

    public static TheoryData<string> All => [.. Names];
}
