namespace Mirror.Engine.Registry.Login;

/// <summary>
/// The scopes of a token: <c>type:name:actions</c>, separated by spaces (distribution's token documents).
/// </summary>
internal static class TokenScope
{
    /// <summary>
    /// What a request needs together with what the registry asks for. A registry may name too little (only
    /// <c>pull</c> for a write) or a placeholder, and some token services read only the first scope: so the request's
    /// own come first, with the actions that the registry names for the same repositories.
    /// </summary>
    public static string Join(string needed, string asked)
    {
        List<string> joined = [.. Split(needed)];
        foreach (string scope in Split(asked))
        {
            (string resource, string actions) = Parts(scope);
            int index = joined.FindIndex(other => Parts(other).Resource == resource);
            if (index < 0)
            {
                joined.Add(scope);
            }
            else
            {
                joined[index] = string.Join(
                    ',', Parts(joined[index]).Actions.Split(',').Concat(actions.Split(',')).Distinct());
                joined[index] = $"{resource}:{joined[index]}";
            }
        }

        return string.Join(' ', joined);
    }

    /// <summary>The first scope: what a request needs in any case.</summary>
    public static string First(string scope) => Split(scope)[0];

    private static string[] Split(string scope) => scope.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    // A repository may contain the colon of a port.
    private static (string Resource, string Actions) Parts(string scope)
    {
        int colon = int.Max(scope.LastIndexOf(':'), 0);
        return (scope[..colon], scope[colon..].TrimStart(':'));
    }
}
