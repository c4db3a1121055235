namespace Mirror.Engine.Deckhouse.Source;

/// <summary>A version that a component took.</summary>
/// <param name="Kind"><c>platform</c>, or the kind of a catalogue: <c>module</c>, <c>package</c>.</param>
/// <param name="Name">The module or package; empty for the platform.</param>
/// <param name="Tag">Its tag, which need not spell a version.</param>
internal sealed record ChosenVersion(string Kind, string Name, string Tag)
{
    public const string Platform = "platform";
    public const string Module = "module";
}
