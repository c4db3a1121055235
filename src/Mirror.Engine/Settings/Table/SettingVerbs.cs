namespace Mirror.Engine.Settings.Table;

/// <summary>The verbs a setting belongs to.</summary>
[Flags]
internal enum SettingVerbs
{
    None = 0,

    Pull = 1,

    /// <summary>The dry run: takes what a pull takes.</summary>
    Plan = 2,

    Push = 4,

    Verify = 8,

    VerifyGostDigest = 16,

    Sync = 32,

    /// <summary>Writes a lock: takes what a pull takes.</summary>
    Lock = 64,

    /// <summary>Compares a lock with its source: takes what a pull takes.</summary>
    LockCheck = 128,

    /// <summary>Compares two states: takes what the ends and the selection of a pull and a push take.</summary>
    Diff = 256,

    /// <summary>Writes what a target holds.</summary>
    Inventory = 512,

    /// <summary>Compares targets with what they should hold.</summary>
    Check = 1024,

    /// <summary>Makes a full bundle out of a delta and older bundles.</summary>
    Merge = 2048,

    /// <summary>The verbs with the settings of a pull.</summary>
    LikePull = Pull | Plan | Lock | LockCheck,
}
