// The options of each command beside Cake's own. Any other is refused: a mistyped one would otherwise do nothing.
string[] OptionsOf(string target) => target switch
{
    "Test" => ["fast", "configuration"],
    "Pack" or "Sbom" => ["package-version", "configuration"],
    "Bench" => ["micro", "quick", .. BenchOptions(), "configuration"],
    _ => ["configuration"],
};

void RefuseUnknownOptions(string target)
{
    var known = OptionsOf(target);
    // Cake's configuration comes as options too, such as --settings_enablescriptcache=true.
    var unknown = Context.Arguments.GetArguments().Keys
        .Where(name => name != "target" && !name.Contains('_') && !known.Contains(name))
        .Order()
        .ToList();
    if (unknown.Count > 0)
    {
        string List(IEnumerable<string> names) => string.Join(", ", names.Select(name => "--" + name));
        throw new CakeException(
            $"Unknown option for {target.ToLowerInvariant()}: {List(unknown)}. Known options: {List(known)}.");
    }
}
