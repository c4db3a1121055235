using System.Reflection;
using System.Runtime.CompilerServices;
using Cake.Core;

namespace Cake.DeckhouseMirror.Tests;

/// <summary>
/// Whether Cake's script generator can write an alias's wrapper. One that it cannot write breaks every script that
/// loads the addin, also those that do not call the alias.
/// </summary>
internal static class AliasSignature
{
    private static readonly HashSet<string> _keywords =
        ["base", "checked", "class", "default", "event", "in", "object", "operator", "out", "params", "ref", "string"];

    /// <summary>What is wrong; nothing: the generator can write it.</summary>
    public static IEnumerable<string> Faults(MethodInfo alias)
    {
        ParameterInfo[] parameters = alias.GetParameters();
        if (!alias.IsPublic || !alias.IsStatic || !alias.IsDefined(typeof(ExtensionAttribute)))
        {
            yield return "is no public extension method";
        }

        if (parameters.FirstOrDefault()?.ParameterType != typeof(ICakeContext))
        {
            yield return "does not extend ICakeContext";
        }

        if (alias.IsGenericMethod)
        {
            yield return "is generic";
        }

        foreach (string fault in FaultsOf(alias.ReturnType).Concat(parameters.SelectMany(FaultsOf)))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> FaultsOf(ParameterInfo parameter)
    {
        // The generator writes "= null" for the default of a struct (CS1750).
        if (parameter.IsOptional && parameter.ParameterType.IsValueType)
        {
            yield return $"{parameter.Name}: an optional struct";
        }

        // A script has none, and the alias makes its own of the signals.
        if (parameter.ParameterType == typeof(CancellationToken))
        {
            yield return $"{parameter.Name}: a cancellation token";
        }

        if (_keywords.Contains(parameter.Name!))
        {
            yield return $"{parameter.Name}: a keyword as its name";
        }

        foreach (string fault in FaultsOf(parameter.ParameterType))
        {
            yield return $"{parameter.Name}: {fault}";
        }
    }

    private static IEnumerable<string> FaultsOf(Type type)
    {
        if (type.IsByRef || type.IsPointer || type.IsFunctionPointer || type.IsByRefLike)
        {
            yield return "by reference, a pointer or a ref struct";
        }
        else if (!type.IsVisible)
        {
            yield return $"{type.Name} is not public";
        }
    }
}
