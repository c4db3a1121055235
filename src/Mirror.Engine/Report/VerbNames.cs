namespace Mirror.Engine.Report;

/// <summary>What verbs are called in texts and files.</summary>
internal static class VerbNames
{
    /// <summary>The word in records and names of files: <c>verify-gost-digest</c>.</summary>
    public static string Word(MirrorVerb verb) => verb switch
    {
        MirrorVerb.Plan => "plan",
        MirrorVerb.Pull => "pull",
        MirrorVerb.Push => "push",
        MirrorVerb.Sync => "sync",
        MirrorVerb.Verify => "verify",
        MirrorVerb.Lock => "lock",
        MirrorVerb.LockCheck => "lock-check",
        MirrorVerb.Diff => "diff",
        MirrorVerb.Inventory => "inventory",
        MirrorVerb.Check => "check",
        MirrorVerb.Merge => "merge",
        _ => "verify-gost-digest",
    };

    /// <summary>What a run of it is, as in "The <c>verification</c> was cancelled."</summary>
    public static string Noun(MirrorVerb verb) => verb switch
    {
        MirrorVerb.Verify => "verification",
        MirrorVerb.VerifyGostDigest => "verification of GOST sums",
        MirrorVerb.LockCheck => "check of the lock",
        MirrorVerb.Check => "check of the target",
        _ => Word(verb),
    };
}
