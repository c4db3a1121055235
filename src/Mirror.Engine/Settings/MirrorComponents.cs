namespace Mirror.Engine;

/// <summary>The parts of a Deckhouse source that a pull may take.</summary>
[Flags]
public enum MirrorComponents
{
    /// <summary>Nothing; refused by a pull (D8M1015).</summary>
    None = 0,

    /// <summary>The platform: <c>platform.tar</c>.</summary>
    Platform = 1,

    /// <summary>The security databases: <c>security.tar</c>.</summary>
    SecurityDb = 2,

    /// <summary>Modules: <c>module-NAME.tar</c>.</summary>
    Modules = 4,

    /// <summary>Packages: <c>package-NAME.tar</c> and <c>package-versions.tar</c>.</summary>
    Packages = 8,

    /// <summary>The stand-alone installer: <c>installer.tar</c>.</summary>
    Installer = 16,

    /// <summary>CLI plugins: <c>plugin-NAME.tar</c>.</summary>
    Plugins = 32,

    /// <summary>The Deckhouse CLI itself, the program <c>d8</c>: <c>deckhouse-cli.tar</c>.</summary>
    DeckhouseCli = 64,

    /// <summary>Everything.</summary>
    All = Platform | SecurityDb | Modules | Packages | Installer | Plugins | DeckhouseCli,
}
