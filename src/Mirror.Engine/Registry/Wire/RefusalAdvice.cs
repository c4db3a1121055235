namespace Mirror.Engine.Registry.Wire;

/// <summary>
/// What to do about a refusal, as far as what the registry says tells it apart (docs/behaviour/wire.md#refusals).
/// </summary>
internal static class RefusalAdvice
{
    private const string Other =
        "Look at what the registry says, and ask its administrator: projects that do not exist, rules and limits of a "
        + "project are set there.";

    /// <summary>Whether a refusal of rights is really one of content: its text says so.</summary>
    public static bool IsAboutContent(ErrorBody said) =>
        IsAboutQuota(said) || IsReadOnly(said) || Mentions(said, "immutable");

    public static string Choose(int status, ErrorBody said)
    {
        if (IsAboutQuota(said) || status == 507)
        {
            return "The quota of the project is used up: ask for a larger one, or remove old tags, and push again.";
        }

        if (IsReadOnly(said) || status == 405)
        {
            return "The registry takes no writes: it is read-only (maintenance, a replica, or a cache of another "
                + "registry). Ask its administrator, or push to the registry that it is a copy of.";
        }

        if (Mentions(said, "immutable") || said.HasCode("TAG_INVALID") || status is 409 or 412)
        {
            return "The tag must not be overwritten there (immutable tags, \"disable redeploy\"): remove the rule or "
                + "the tag, or push to another path. A tag that is equal is never written again.";
        }

        if (status == 415 || said.HasCode("MANIFEST_INVALID") || said.HasCode("UNSUPPORTED"))
        {
            return "The registry does not take this type of artifact. Quay: allow general OCI artifacts, with the "
                + "config types application/octet-stream and application/vnd.aquasec.trivy.config.v1+json; Harbor "
                + "and others: look for a list of allowed artifact types.";
        }

        return said.HasCode("NAME_INVALID")
            ? "The registry does not take such a repository name: some limit how deep paths may be nested (GitLab, "
                + "older Quay), Harbor wants an existing project as first part. Push to a shorter or another path."
            : Other;
    }

    // Harbor says "adding 29.0 MiB of storage resource, which ... will exceed the configured upper limit of 10.0 MiB".
    private static bool IsAboutQuota(ErrorBody said) => Mentions(said, "quota")
        || Mentions(said, "upper limit") || Mentions(said, "storage limit") || Mentions(said, "storage resource");

    private static bool IsReadOnly(ErrorBody said) =>
        Mentions(said, "read-only") || Mentions(said, "read only") || Mentions(said, "readonly");

    private static bool Mentions(ErrorBody said, string word) =>
        said.Text.Contains(word, StringComparison.OrdinalIgnoreCase);
}
