namespace Mirror.Engine.Settings;

/// <summary>Arrays of a record may be default, when a script says so.</summary>
internal static class ImmutableArrays
{
    public static ImmutableArray<T> OrEmpty<T>(this ImmutableArray<T> array) => array.IsDefault ? [] : array;
}
