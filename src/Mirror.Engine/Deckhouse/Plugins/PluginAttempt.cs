namespace Mirror.Engine.Deckhouse.Plugins;

/// <summary>What trying to take a plugin came to: the selection with it, or why not.</summary>
internal sealed record PluginAttempt(PluginSelection? Selection, string Rejection)
{
    public static PluginAttempt Of(PluginSelection selection) => new(selection, "");

    public static PluginAttempt Rejected(string reason) => new(null, reason);
}
